"""Lines that OpenSSH refuses, and lines that it skips."""
