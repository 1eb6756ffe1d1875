"""How long sshkeep takes, on one machine: ``python -m tests.bench``. Not a test; pytest collects nothing."""
