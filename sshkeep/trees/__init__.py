"""From the paths that a user names to the config trees that they belong to, on this machine's disk."""
