"""What is at a place before it is written, and whether it still is."""

from __future__ import annotations

import errno
import os
import stat
from typing import NamedTuple

from sshkeep.config.files import MAX_BYTES
from sshkeep.write.attributes import Attributes, NotKept, attributes_of
from sshkeep.write.frozen import frozen
from sshkeep.write.reach import Place
from sshkeep.write.told import cannot_write


class Present(NamedTuple):
    """A regular file as it was found."""

    data: bytes
    attributes: Attributes
    seen: tuple[int, ...]
    """What changes when anybody changes the file, its name, or its attributes."""


def look(place: Place, path: str) -> Present | None:
    """What is there; None for nothing. ``path`` is its name for people.

    Raises SshkeepError for what is no regular file of one name that may be replaced.
    """
    try:
        status = place.folder.status(place.name)
        if status is None:
            return None
        if not stat.S_ISREG(status.st_mode):  # opening a device may already do something
            raise cannot_write(path, "not a regular file")
        descriptor = place.folder.open(place.name)
        try:
            return _read(descriptor, path)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return None
    except NotKept as reason:
        raise cannot_write(path, str(reason)) from None
    except OSError as error:
        raise cannot_write(path, error) from None


def _read(descriptor: int, path: str) -> Present:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise cannot_write(path, "not a regular file")
    if status.st_nlink > 1:
        raise cannot_write(
            path,
            f"it has {status.st_nlink} names (hard links)",
            "a new file would take the place of one of them only; copy it first, so that it has one",
        )
    if status.st_size > MAX_BYTES:
        raise cannot_write(path, f"larger than {MAX_BYTES // 1024 // 1024} MiB")
    if mark := frozen(descriptor):
        raise cannot_write(path, f"it is {mark}", "chattr -ia, or chflags, takes that off")
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        data = stream.read(MAX_BYTES + 1)
    return Present(data, attributes_of(descriptor), _seen(status))


def check_may_write(place: Place, path: str) -> None:
    """Raises SshkeepError where the file's mode, its directory or its file system forbids it."""
    try:
        if place.folder.descriptor is not None:
            _check_folder(place, path)
        if place.folder.status(place.name) and not place.folder.may_write(place.name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise cannot_write(path, error) from None


def _check_folder(place: Place, path: str) -> None:
    descriptor = place.folder.readable()
    try:
        if os.fstatvfs(descriptor).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if mark := frozen(descriptor):
            raise cannot_write(path, f"its directory is {mark}", "chattr -ia, or chflags, takes that off")
    finally:
        os.close(descriptor)


def same(one: Present | None, other: Present | None) -> bool:
    """Whether nobody has touched the file between two looks; reading does not count."""
    if one is None or other is None:
        return one is other
    return one == other


def _seen(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
