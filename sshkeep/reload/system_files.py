"""What this system is, as far as its files tell."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple


class SystemFiles(NamedTuple):
    """``root`` is put before every path; ``platform`` is as `sys.platform` has it."""

    root: str = ""
    platform: str = sys.platform

    def has(self, path: str) -> bool:
        """Whether there is anything at ``path``, a dangling link too."""
        return os.path.lexists(self.root + path)

    def has_any(self, *paths: str) -> bool:
        """Whether one of ``paths`` is there."""
        return any(map(self.has, paths))

    def text(self, path: str) -> str:
        """The beginning of a file; empty where it can't be read."""
        try:
            with open(self.root + path, encoding="utf-8", errors="replace") as stream:
                return stream.read(65536)
        except OSError:
            return ""
