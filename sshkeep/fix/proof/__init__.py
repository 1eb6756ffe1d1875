"""Proof that a change does what it is for, and nothing else."""
