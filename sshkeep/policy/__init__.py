"""``sshkeep.yaml``: what an organisation wants of its configs."""
