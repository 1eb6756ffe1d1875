"""Names of algorithms, the default lists, and how a list is read."""
