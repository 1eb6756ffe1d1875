"""This machine: its users and groups, and the permissions of its files."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol

from sshkeep.named import NamedTuple


class FileStatus(NamedTuple):
    """Permission bits, user id of the owner and group id of a file; links are followed."""

    mode: int
    owner: int
    group: int


class MachineFacts(Protocol):
    """What rules need of the machine. ``home`` and ``user`` are those of the user who runs sshkeep."""

    @property
    def home(self) -> str: ...

    @property
    def user(self) -> int:
        """The user id."""
        ...

    def status(self, path: str) -> FileStatus | None:
        """Owner and permissions; None where the file does not exist or can't be examined."""
        ...

    def there(self, path: str) -> bool | None:
        """Whether the file exists; None where that can't be found out."""
        ...

    def package_of(self, path: str) -> str:
        """The package that replaces the file on updates, as `sshkeep.system.packages` finds it."""
        ...


class DiskFacts:
    """Facts of this machine, each read when a rule needs it."""

    @property
    def home(self) -> str:

        return home_directory()

    @property
    def user(self) -> int:
        return os.getuid() if hasattr(os, "getuid") else 0

    def status(self, path: str) -> FileStatus | None:
        if os.name != "posix":
            return None
        try:
            seen = os.stat(path)
        except (OSError, ValueError):
            return None
        return FileStatus(stat.S_IMODE(seen.st_mode), seen.st_uid, seen.st_gid)

    def there(self, path: str) -> bool | None:
        try:
            os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except (OSError, ValueError):
            return None
        return True

    def package_of(self, path: str) -> str:
        from sshkeep.system.packages import package_of

        return package_of(path)


class MemoryFacts:
    """Facts of a machine that are given, for tests."""

    def __init__(
        self, files: Mapping[str, FileStatus], home: str, user: int, packages: Mapping[str, str] | None = None
    ) -> None:
        self.packages = packages or {}
        self.files = files
        self.home = home
        self.user = user

    def status(self, path: str) -> FileStatus | None:
        return self.files.get(path)

    def there(self, path: str) -> bool | None:
        return path in self.files

    def package_of(self, path: str) -> str:
        return self.packages.get(path, "")


class LocalMachine(NamedTuple):
    """The local user's home and user id, this machine's name, and the environment."""

    home: str
    uid: int
    name: str
    environment: Mapping[str, str]


@lru_cache(maxsize=1)
def home_directory() -> str:
    """The home directory as ssh gets it: from the password database, not from $HOME (ssh.c main).

    It is looked up once, since it is asked for each file of a run.
    """
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir.rstrip("/")
    except (ImportError, KeyError):
        return os.path.expanduser("~").rstrip("/\\")


def read_local_machine() -> LocalMachine:
    """The machine and the user that run sshkeep. Uses no network."""
    import socket

    uid = os.getuid() if hasattr(os, "getuid") else 0
    return LocalMachine(home_directory(), uid, socket.gethostname(), os.environ)


def groups_of_user(user: str) -> tuple[str, ...] | None:
    """The local groups of a user (getgrouplist(3)); None for a user that does not exist here."""
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
