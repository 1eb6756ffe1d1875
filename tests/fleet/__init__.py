"""The examples for Puppet, Salt, Chef, cloud-init and systemd do what docs/fleet.md promises, run by these tools themselves."""
