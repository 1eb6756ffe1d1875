"""What a machine's files are besides their content: told for a live config, unknown for all others."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple, Protocol


class FileStatus(NamedTuple):
    """A file's permission bits, and the numbers of its owner and group; links are followed."""

    mode: int
    owner: int
    group: int


class MachineFacts(Protocol):
    """This machine, as far as rules ask for it. ``home`` and ``user`` are those of who runs sshkeep."""

    @property
    def home(self) -> str: ...

    @property
    def user(self) -> int:
        """The user's number."""
        ...

    def status(self, path: str) -> FileStatus | None:
        """None where the file is not there, or can't be looked at."""
        ...

    def there(self, path: str) -> bool | None:
        """Whether the file is there; None where that can't be seen."""
        ...


class DiskFacts:
    """This machine's own; None of it is asked before a rule does."""

    @property
    def home(self) -> str:

        return home_directory()

    @property
    def user(self) -> int:
        import os

        return os.getuid() if hasattr(os, "getuid") else 0

    def status(self, path: str) -> FileStatus | None:
        import os
        import stat

        if os.name != "posix":
            return None
        try:
            seen = os.stat(path)
        except (OSError, ValueError):
            return None
        return FileStatus(stat.S_IMODE(seen.st_mode), seen.st_uid, seen.st_gid)

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

    def __init__(self, files: Mapping[str, FileStatus], home: str, user: int) -> None:
        self.files = files
        self.home = home
        self.user = user

    def status(self, path: str) -> FileStatus | None:
        return self.files.get(path)

    def there(self, path: str) -> bool | None:
        return path in self.files


class LocalMachine(NamedTuple):
    """The local user's home and number, this machine's name, and the environment."""

    home: str
    uid: int
    name: str
    environment: Mapping[str, str]


def home_directory() -> str:
    """The home directory, as ssh finds it: from the password database, not from $HOME (ssh.c main)."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir.rstrip("/")
    except (ImportError, KeyError):
        return os.path.expanduser("~").rstrip("/\\")


def read_local_machine() -> LocalMachine:
    """The machine and user that run sshkeep. Nothing is looked up on the network."""
    import socket

    uid = os.getuid() if hasattr(os, "getuid") else 0
    return LocalMachine(home_directory(), uid, socket.gethostname(), os.environ)


def groups_of_user(user: str) -> tuple[str, ...] | None:
    """The local groups of a user, as getgrouplist(3) has them; None where the user is not known here."""
    try:
        import grp
        import pwd

        account = pwd.getpwnam(user)
        numbers = os.getgrouplist(user, account.pw_gid)
    except (ImportError, KeyError, OSError):
        return None
    names = []
    for number in numbers:
        try:
            names.append(grp.getgrgid(number).gr_name)
        except KeyError:
            continue
    return tuple(names)
