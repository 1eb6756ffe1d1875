"""The audit of configs against a guide: the report, and its formats."""
