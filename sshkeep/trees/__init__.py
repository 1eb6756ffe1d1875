"""From the paths a person names to the config trees they belong to, on this machine's disk."""
