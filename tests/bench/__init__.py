"""How long sshkeep takes, on one machine: ``python -m tests.bench``. Only test_growth.py is a test."""
