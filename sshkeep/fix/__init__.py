"""Choosing fixes, checking that they do what they say and nothing else, and writing them."""
