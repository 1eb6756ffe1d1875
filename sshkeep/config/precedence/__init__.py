"""Which line of an option wins: for everyone, in a block, and for one connection or host."""
