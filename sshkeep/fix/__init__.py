"""Choose fixes, set options, and prove that a change does what it is for and nothing else."""
