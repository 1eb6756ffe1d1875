"""Rules about what neither end of a session shows alone."""
