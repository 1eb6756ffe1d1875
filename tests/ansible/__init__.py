"""The collection sshkeep.openssh, its role and playbooks."""
