"""From what to change to edits of bytes: where a line must stand to take effect."""
