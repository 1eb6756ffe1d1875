"""Reaching a file or directory step by step, so that nobody else decides where the way leads."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.system.held_directory import CAN_HOLD_DIRECTORIES, HeldDirectory
from sshkeep.system.trust import may_follow

MAX_LINKS = 40
"""As many as Linux follows (MAXSYMLINKS)."""
_NO_NAMES = ("", ".", "..")


class Entry(NamedTuple):
    """An entry of a held directory, which may or may not be there; never a link."""

    directory: HeldDirectory
    name: str

    @property
    def path(self) -> str:
        """Its absolute path without any link."""
        return os.path.join(self.directory.path, self.name)


def locate(path: str, *, follow: bool = True) -> Entry:
    """The place of the file ``path``; the caller closes its folder.

    Links are followed only where root or this user made them and nobody else could have, and with
    ``follow`` False never. Raises OSError, and SshkeepError for such a link.
    """
    if not CAN_HOLD_DIRECTORIES:
        folder, name = os.path.split(os.path.realpath(path))
        return Entry(HeldDirectory(folder, None), name)
    walk = _Walk(path, follow)
    try:
        while walk.todo:
            part = walk.todo.popleft()
            last = all(each in ("", ".") for each in walk.todo)
            if last and part not in _NO_NAMES and not walk.is_link(part):
                return Entry(walk.take(), part)
            walk.step(part)
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    finally:
        walk.close()


def open_directory(
    path: str, make: Callable[[HeldDirectory, str], None], check: Callable[[HeldDirectory], None]
) -> HeldDirectory:
    """The directory ``path``; the caller closes it.

    ``make`` is called for each part that is not there, ``check`` for each directory on the way.
    """
    if not CAN_HOLD_DIRECTORIES:
        os.makedirs(path, exist_ok=True)
        return HeldDirectory(path, None)
    walk = _Walk(path, follow=True)
    try:
        while walk.todo:
            part = walk.todo.popleft()
            if part not in _NO_NAMES and walk.here.entry_status(part) is None:
                make(walk.here, part)
            walk.step(part)
            check(walk.here)
        return walk.take()
    finally:
        walk.close()


class _Walk:
    """The directories from the root to where we are, all held, and the parts of the path still to go."""

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
        text = self.here.read_link(part)
        if text.startswith("/"):
            while len(self.way) > 1:
                self.way.pop().close()
        self.todo.extendleft(reversed(text.split("/")))

    def take(self) -> HeldDirectory:
        """The directory we are in, which stays open."""
        return self.way.pop()

    def close(self) -> None:
        for folder in self.way:
            folder.close()
