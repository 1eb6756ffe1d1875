"""The files that show which system this is."""

from __future__ import annotations

import os
import sys

from sshkeep.named import NamedTuple


class SystemFiles(NamedTuple):
    """``root`` goes before every path; ``platform`` is as in `sys.platform`."""

    root: str = ""
    platform: str = sys.platform

    def has(self, path: str) -> bool:
        """Whether ``path`` exists; a dangling link counts."""
        return os.path.lexists(self.root + path)

    def has_any(self, *paths: str) -> bool:
        """Whether one of ``paths`` exists."""
        return any(map(self.has, paths))

    def changed_at(self, path: str) -> int:
        """When the content of a file was last written, in nanoseconds since 1970; 0 where it is not there."""
        try:
            return os.stat(self.root + path).st_mtime_ns
        except OSError:
            return 0

    def text(self, path: str) -> str:
        """The first 64 KiB of a file; empty where it can't be read."""
        try:
            with open(self.root + path, encoding="utf-8", errors="replace") as stream:
                return stream.read(65536)
        except OSError:
            return ""
