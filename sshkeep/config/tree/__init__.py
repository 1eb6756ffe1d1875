"""A config as OpenSSH reads it: files, Includes, lines and blocks in the order of reading."""
