"""sshkeep.pyz, run by each Python that it is for."""
