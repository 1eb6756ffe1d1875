"""The application layer: what the commands do, as functions that print nothing and never exit."""
