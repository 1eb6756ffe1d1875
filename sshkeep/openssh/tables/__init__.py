"""The options of both languages, and what a target knows of them."""
