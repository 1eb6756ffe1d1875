"""What rules are made of, by topic."""
