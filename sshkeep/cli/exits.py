"""Exit codes."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a run ends with; of several files the greatest counts."""

    FINE = 0
    FOUND = 1
    """Findings at or above the limit, something that would change, a tree the target refuses."""
    FAILED = 2
    """Something could not be done."""
    INTERRUPTED = 130
    READER_GONE = 141
