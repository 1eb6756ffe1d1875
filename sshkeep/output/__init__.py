"""What a run prints, one module for each format."""
