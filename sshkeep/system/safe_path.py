"""Resolve a path step by step without following untrusted symbolic links.

Each directory on the way is held open, so what is checked is what is used. `sshkeep.system.trust` decides
which links are trusted.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Callable
from types import TracebackType

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.system.held_directory import CAN_HOLD_DIRECTORIES, HeldDirectory
from sshkeep.system.trust import may_follow

MAX_LINKS = 40
"""As many as Linux follows (MAXSYMLINKS)."""
_NO_NAMES = ("", ".", "..")


class DirectoryEntry(NamedTuple):
    """A name in a held directory. It is no symbolic link; whether it exists is open."""

    directory: HeldDirectory
    name: str

    @property
    def path(self) -> str:
        """The absolute path, free of links."""
        return os.path.join(self.directory.path, self.name)


def locate(path: str, *, follow: bool = True) -> DirectoryEntry:
    """The entry that ``path`` leads to; the caller closes its directory.

    Trusted links are followed, with ``follow`` False none. Raises OSError, and SshkeepError for a link that
    is not followed. On systems that can't hold directories the path is resolved without checks.
    """
    if not CAN_HOLD_DIRECTORIES:
        directory, name = os.path.split(os.path.realpath(path))
        return DirectoryEntry(HeldDirectory(directory, None), name)
    walk = _Walk(path, follow)
    try:
        while walk.todo:
            part = walk.todo.popleft()
            last = all(each in ("", ".") for each in walk.todo)
            if last and part not in _NO_NAMES and not walk.is_link(part):
                return DirectoryEntry(walk.take(), part)
            walk.step(part)
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    finally:
        walk.close()


def open_directory(
    path: str,
    make: Callable[[HeldDirectory, str], None] | None = None,
    check: Callable[[HeldDirectory], None] | None = None,
) -> HeldDirectory:
    """The directory ``path``; the caller closes it.

    ``make`` creates each directory that is missing, and ``check`` gets each directory on the way; both may
    raise. Raises OSError, and SshkeepError as `locate`.
    """
    if not CAN_HOLD_DIRECTORIES:
        if make:
            os.makedirs(path, exist_ok=True)
        return HeldDirectory(os.path.realpath(path, strict=True), None)
    walk = _Walk(path, follow=True)
    try:
        while walk.todo:
            part = walk.todo.popleft()
            if make and part not in _NO_NAMES and walk.here.entry_status(part) is None:
                make(walk.here, part)
            walk.step(part)
            if check:
                check(walk.here)
        return walk.take()
    finally:
        walk.close()


class HeldDirectories:
    """The directories of several files, each held once. A context manager, which closes them at its end."""

    def __init__(self) -> None:
        self.held: dict[object, HeldDirectory] = {}

    def __enter__(self) -> HeldDirectories:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for directory in self.held.values():
            directory.close()

    def locate(self, path: str, *, follow: bool = True) -> DirectoryEntry:
        """As the function `locate`; equal directories of two entries are the same object."""
        directory, name = locate(path, follow=follow)
        status = directory.status()
        key: object = (status.st_dev, status.st_ino) if CAN_HOLD_DIRECTORIES else directory.path
        if self.held.setdefault(key, directory) is not directory:
            directory.close()
        return DirectoryEntry(self.held[key], name)


class _Walk:
    """The directories from the root to the current one, all held, and the parts of the path that remain."""

    def __init__(self, path: str, follow: bool) -> None:
        self.path = path
        self.follow = follow
        self.todo = deque(os.path.join(os.getcwd(), path).split("/") if path[:1] != "/" else path.split("/"))
        self.way = [HeldDirectory.root()]
        self.links = 0

    @property
    def here(self) -> HeldDirectory:
        return self.way[-1]

    def is_link(self, part: str) -> bool:
        status = self.here.entry_status(part)
        return status is not None and stat.S_ISLNK(status.st_mode)

    def step(self, part: str) -> None:
        if part in ("", "."):
            return
        if part == "..":
            if len(self.way) > 1:
                self.way.pop().close()
        elif self.is_link(part):
            self._follow(part)
        else:
            self.way.append(self.here.open_subdirectory(part))

    def _follow(self, part: str) -> None:
        link = self.here.entry_status(part)
        self.links += 1
        if self.links > MAX_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), self.path)
        if not self.follow or link is None or not may_follow(link, self.here.status()):
            place = os.path.join(self.here.path, part)
            raise SshkeepError(
                f"can't write {self.path}: {place} is a symbolic link that others could have made",
                "nothing was written; name the file that it leads to, if that is meant",
            )
        target = self.here.read_link(part)
        if target.startswith("/"):
            while len(self.way) > 1:
                self.way.pop().close()
        self.todo.extendleft(reversed(target.split("/")))

    def take(self) -> HeldDirectory:
        """The current directory, which `close` leaves open."""
        return self.way.pop()

    def close(self) -> None:
        for directory in self.way:
            directory.close()
