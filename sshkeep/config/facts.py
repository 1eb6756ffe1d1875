"""What a machine's files are besides their content: told for a live config, unknown for all others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class Status(NamedTuple):
    """A file's permission bits, and the numbers of its owner and group; links are followed."""

    mode: int
    owner: int
    group: int


class Facts(Protocol):
    """This machine, as far as rules ask for it. ``home`` and ``user`` are those of who runs sshkeep."""

    @property
    def home(self) -> str: ...

    @property
    def user(self) -> int:
        """The user's number."""
        ...

    def status(self, path: str) -> Status | None:
        """None where the file is not there, or can't be looked at."""
        ...

    def there(self, path: str) -> bool | None:
        """Whether the file is there; None where that can't be seen."""
        ...


class DiskFacts:
    """This machine's own; None of it is asked before a rule does."""

    @property
    def home(self) -> str:
        from sshkeep.config.machine import home

        return home()

    @property
    def user(self) -> int:
        import os

        return os.getuid() if hasattr(os, "getuid") else 0

    def status(self, path: str) -> Status | None:
        import os
        import stat

        if os.name != "posix":
            return None
        try:
            seen = os.stat(path)
        except (OSError, ValueError):
            return None
        return Status(stat.S_IMODE(seen.st_mode), seen.st_uid, seen.st_gid)

    def there(self, path: str) -> bool | None:
        import os

        try:
            os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except (OSError, ValueError):
            return None
        return True


class MemoryFacts:
    """A machine of which all that is asked is written down."""

    def __init__(self, files: Mapping[str, Status], home: str, user: int) -> None:
        self.files = files
        self.home = home
        self.user = user

    def status(self, path: str) -> Status | None:
        return self.files.get(path)

    def there(self, path: str) -> bool | None:
        return path in self.files
