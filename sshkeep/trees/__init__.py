"""From the paths that a user names to the config trees of these files on disk."""
