"""What a tree of config files means: includes, blocks, and which line's value is in effect."""
