"""What the arguments of each keyword mean, type by type and release by release."""
