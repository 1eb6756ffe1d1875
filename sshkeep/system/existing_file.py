"""What is at a place before it is written, and whether it still is."""

from __future__ import annotations

import errno
import os
import stat
from typing import NamedTuple

from sshkeep.system.attributes import Attributes, NotKept, read_attributes
from sshkeep.system.immutable import immutable_flag
from sshkeep.system.safe_path import Entry
from sshkeep.system.write_errors import write_error

MAX_BYTES = 64 * 1024 * 1024
"""As `sshkeep.config.files.MAX_BYTES`: no larger config is read, so none is replaced."""


class ExistingFile(NamedTuple):
    """A regular file as it was found."""

    data: bytes
    attributes: Attributes
    identity: tuple[int, ...]
    """What changes when anybody changes the file, its name, or its attributes."""


def read_existing(place: Entry, path: str) -> ExistingFile | None:
    """What is there; None for nothing. ``path`` is its name for people.

    Raises SshkeepError for what is no regular file of one name that may be replaced.
    """
    try:
        status = place.directory.entry_status(place.name)
        if status is None:
            return None
        if not stat.S_ISREG(status.st_mode):  # opening a device may already do something
            raise write_error(path, "not a regular file")
        descriptor = place.directory.open(place.name)
        try:
            return _read(descriptor, path)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return None
    except NotKept as reason:
        raise write_error(path, str(reason)) from None
    except OSError as error:
        raise write_error(path, error) from None


def _read(descriptor: int, path: str) -> ExistingFile:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise write_error(path, "not a regular file")
    if status.st_nlink > 1:
        raise write_error(
            path,
            f"it has {status.st_nlink} names (hard links)",
            "a new file would take the place of one of them only; copy it first, so that it has one",
        )
    if status.st_size > MAX_BYTES:
        raise write_error(path, f"larger than {MAX_BYTES // 1024 // 1024} MiB")
    if mark := immutable_flag(descriptor):
        raise write_error(path, f"it is {mark}", "chattr -ia, or chflags, takes that off")
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        data = stream.read(MAX_BYTES + 1)
    return ExistingFile(data, read_attributes(descriptor), _seen(status))


def check_writable(place: Entry, path: str) -> None:
    """Raises SshkeepError where the file's mode, its directory or its file system forbids it."""
    try:
        if place.directory.descriptor is not None:
            _check_folder(place, path)
        if place.directory.entry_status(place.name) and not place.directory.may_write(place.name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise write_error(path, error) from None


def _check_folder(place: Entry, path: str) -> None:
    descriptor = place.directory.open_readable()
    try:
        if os.fstatvfs(descriptor).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if mark := immutable_flag(descriptor):
            raise write_error(path, f"its directory is {mark}", "chattr -ia, or chflags, takes that off")
    finally:
        os.close(descriptor)


def unchanged(one: ExistingFile | None, other: ExistingFile | None) -> bool:
    """Whether nobody has touched the file between two looks; reading does not count."""
    if one is None or other is None:
        return one is other
    return one == other


def _seen(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
