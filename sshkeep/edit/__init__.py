"""What to change, and the bytes that change: where a directive must stand to take effect."""
