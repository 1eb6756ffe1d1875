"""What a command prints: text for people, and JSON reports."""
