"""Mutation testing: the code is changed in small ways, one at a time, and a test must fail each time."""
