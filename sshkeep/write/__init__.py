"""Write all files of a call or none, and undo that."""
