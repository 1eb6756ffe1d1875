"""Exit codes."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit code of a run: the worst result of all its files."""

    FINE = 0
    FOUND = 1
    """Findings at or above the limit, something that would change, a tree that the target refuses."""
    FAILED = 2
    """Something could not be done."""
    BUG = 70
    """A fault of sshkeep itself (sysexits.h EX_SOFTWARE)."""
    INTERRUPTED = 130
    READER_GONE = 141
