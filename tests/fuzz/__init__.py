"""Coverage-guided fuzzing of all that reads what others write: ``python -m tests.fuzz --minutes 5``."""
