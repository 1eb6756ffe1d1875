"""``sshkeep.yaml``: what an organisation requires of its configs."""
