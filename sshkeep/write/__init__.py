"""Putting new content in files' places, all or none, and taking it back."""
