"""The file to be replaced: what it is, whether it may be replaced, and whether it still is the same."""

from __future__ import annotations

import errno
import os
import stat
import struct
import sys

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.system.attributes import Attributes, NotKept, read_attributes
from sshkeep.system.safe_path import DirectoryEntry
from sshkeep.system.write_errors import write_error

_IMMUTABLE_HINT = "chattr -ia, or chflags, takes that off"
_GET_FLAGS = 0x80086601
"""FS_IOC_GETFLAGS of linux/fs.h. A few old architectures number it otherwise, and there the call fails."""
_IMMUTABLE, _APPEND_ONLY = 0x10, 0x20
_BSD_FLAGS = {
    "immutable": stat.UF_IMMUTABLE | stat.SF_IMMUTABLE,
    "append-only": stat.UF_APPEND | stat.SF_APPEND,
}


class ExistingFile(NamedTuple):
    """A regular file as it was found."""

    attributes: Attributes
    identity: tuple[int, ...]
    """Device, inode, size and times: they differ once a process changes the file, its name or its mode."""
    data: bytes | None
    """Its content; None where that was not read."""


def read_existing(entry: DirectoryEntry, path: str, *, max_bytes: int | None) -> ExistingFile | None:
    """The file of the entry, with its content if ``max_bytes`` is given; None where there is no file.

    ``path`` is what error messages call it. Raises SshkeepError unless it is a regular file with one name
    that can be replaced by an equal one, and for more than ``max_bytes``.
    """
    try:
        status = entry.directory.entry_status(entry.name)
        if status is None:
            return None
        if not stat.S_ISREG(status.st_mode):  # opening a device may already do something
            raise _not_regular(path, status)
        descriptor = entry.directory.open_file(entry.name)
        try:
            return _read(descriptor, path, max_bytes)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return None
    except NotKept as reason:
        raise write_error(path, str(reason)) from None
    except OSError as error:
        raise write_error(path, error) from None


def _not_regular(path: str, status: os.stat_result) -> SshkeepError:
    return write_error(path, "it is a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file")


def _read(descriptor: int, path: str, max_bytes: int | None) -> ExistingFile:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise write_error(path, "not a regular file")
    if status.st_nlink > 1:
        raise write_error(
            path,
            f"it has {status.st_nlink} names (hard links)",
            "a new file would take the place of one of them only; copy it first, so that it has one",
        )
    if flag := _immutable_flag(descriptor):
        raise write_error(path, f"it is {flag}", _IMMUTABLE_HINT)
    data = None if max_bytes is None else _content(descriptor, status, path, max_bytes)
    return ExistingFile(read_attributes(descriptor), _identity(status), data)


def _content(descriptor: int, status: os.stat_result, path: str, max_bytes: int) -> bytes:
    if status.st_size > max_bytes:
        raise write_error(path, f"larger than {max_bytes // 1024 // 1024} MiB")
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        return stream.read(status.st_size + 1)


def is_unchanged(entry: DirectoryEntry, path: str, found: ExistingFile | None) -> bool:
    """Whether the entry still is what ``found`` was; that another process reads it does not count.

    Times of files may be too coarse to separate two writes, so content that was read is compared, too.
    Raises OSError, and SshkeepError as `read_existing`.
    """
    status = entry.directory.entry_status(entry.name)
    if found and (status is None or _identity(status) != found.identity):
        return False
    limit = None if found is None or found.data is None else len(found.data)
    return read_existing(entry, path, max_bytes=limit) == found


def check_writable(entry: DirectoryEntry, path: str) -> None:
    """Raises SshkeepError where modes, flags or the file system certainly forbid to replace the entry."""
    try:
        _check_directory(entry, path)
        if entry.directory.entry_status(entry.name) and not entry.directory.may_write(entry.name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise write_error(path, error) from None


def _check_directory(entry: DirectoryEntry, path: str) -> None:
    if entry.directory.descriptor is not None:
        descriptor = entry.directory.open_readable()
        try:
            if os.fstatvfs(descriptor).f_flag & os.ST_RDONLY:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            if flag := _immutable_flag(descriptor):
                raise write_error(path, f"its directory is {flag}", _IMMUTABLE_HINT)
        finally:
            os.close(descriptor)
    if not entry.directory.may_add():
        raise write_error(
            path, "permission denied for its directory", "a file is replaced by a new one beside it"
        )


def _immutable_flag(descriptor: int) -> str:
    """``immutable``, ``append-only``, or empty for an open file or directory; it binds root, too."""
    if sys.platform == "linux":
        flags = _linux_flags(descriptor)
        return "immutable" if flags & _IMMUTABLE else "append-only" if flags & _APPEND_ONLY else ""
    flags = getattr(os.fstat(descriptor), "st_flags", 0)
    return next((name for name, bits in _BSD_FLAGS.items() if flags & bits), "")


def _linux_flags(descriptor: int) -> int:
    from fcntl import ioctl

    try:
        return int(struct.unpack("=i", ioctl(descriptor, _GET_FLAGS, b"\0" * 8)[:4])[0])
    except OSError:  # a file system without such flags
        return 0


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
