"""Names of files that are safe to write to: no other user could have led there by a link."""

# This runs on hosts with Python 3.6 to 3.14.

import os
import stat
from collections import deque

MAX_LINKS = 40
OPEN_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class WriteRefused(Exception):
    """Why nothing is written."""


# Which paths are safe to write to: sshkeep/system/trust.py and safe_path.py have the reasons.


def others_may_add(directory):
    user = os.geteuid()
    if directory.st_uid not in (0, user) or directory.st_mode & stat.S_IWOTH:
        return True
    return user == 0 and bool(directory.st_mode & stat.S_IWGRP) and directory.st_gid != 0


def may_follow(link, directory):
    """Root does not rely on a sticky directory: another user may give root's link a second name there."""
    if link.st_uid not in (0, os.geteuid()):
        return False
    sticky = os.geteuid() != 0 and directory.st_uid in (0, os.geteuid()) and directory.st_mode & stat.S_ISVTX
    return bool(sticky) or not others_may_add(directory)


class Place(object):
    """A name in a directory that is held open, so that what is checked is what is used."""

    def __init__(self, path, make):
        self.made = []
        self.way = [os.open("/", OPEN_DIRECTORY)]
        self.names = []
        self.links = 0
        self.name = self._last_name(path, make)
        self.directory = self.way[-1]
        self.path = self._path(self.name or "")

    def _last_name(self, path, make):
        """Enter the folders before it; None where one of them is missing."""
        todo = deque(path.split("/"))
        while True:
            part = todo.popleft()
            if part in ("", "."):
                continue
            if part == "..":
                self._leave()
                continue
            status = self._status(part)
            if status is not None and stat.S_ISLNK(status.st_mode):
                target = self._target(path, part, status)
                todo.extendleft(reversed(target.split("/")))
            elif not any(todo):
                return part
            elif status is None and not make:
                return None
            else:
                self._enter(part, status)

    def _target(self, path, part, status):
        """Where the link leads, seen from the folder that is then the current one."""
        self.links += 1
        if self.links > MAX_LINKS or not may_follow(status, os.fstat(self.way[-1])):
            raise WriteRefused(
                "%s: %s is a symbolic link that others could have made" % (path, self._path(part))
            )
        target = os.readlink(part, dir_fd=self.way[-1])
        while target.startswith("/") and len(self.way) > 1:
            self._leave()
        return target

    def _enter(self, part, status):
        mode = 0o700 if part == ".ssh" else 0o755
        if status is None:
            os.mkdir(part, mode, dir_fd=self.way[-1])
            self.made.append(self._path(part))
        self.way.append(os.open(part, OPEN_DIRECTORY, dir_fd=self.way[-1]))
        if status is None:  # whatever the umask is: others must be able to read ssh_config.d
            os.fchmod(self.way[-1], mode)
        self.names.append(part)

    def _leave(self):
        if len(self.way) > 1:
            os.close(self.way.pop())
            self.names.pop()

    def _path(self, part):
        return "/" + "/".join(self.names + [part])

    def _status(self, part):
        try:
            return os.stat(part, dir_fd=self.way[-1], follow_symlinks=False)
        except FileNotFoundError:
            return None

    def status(self):
        """None for no file."""
        return self._status(self.name) if self.name else None
