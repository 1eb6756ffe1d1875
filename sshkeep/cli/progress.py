"""How far a long run is: one line of a terminal, erased at its end."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType

AFTER, EACH = 0.5, 0.1
"""Seconds until the line is shown, and until it is changed."""


class Progress:
    """A context manager. The line goes to standard error, if that is a terminal and it is ``wanted``."""

    def __init__(self, wanted: bool) -> None:
        self.shown = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._next = time.monotonic() + AFTER
        self._line = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._print("")

    def searched(self, folders: int) -> None:
        """So many folders have been searched."""
        self._show("{:,} folders searched", folders)

    def linted(self, done: int, total: int) -> None:
        """So many configs of all are done."""
        self._show("{:,} of {:,} configs linted", done, total)

    def _show(self, line: str, *numbers: int) -> None:
        if self.shown and (now := time.monotonic()) >= self._next:
            self._next = now + EACH
            self._print(line.format(*numbers))

    def _print(self, line: str) -> None:
        if line or self._line:
            # \r: to the beginning of the line; \x1b[K: erase what is behind.
            sys.stderr.write(f"\r{line}\x1b[K")
            sys.stderr.flush()
        self._line = line
