"""Putting new content in a file's place: whole or not at all, mode and owner kept."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping

from sshkeep.config.files import Unreadable, read_regular
from sshkeep.errors import SshkeepError


def write_all(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Replace each file of ``after``, if it still is as ``before``. Raises SshkeepError."""
    for path in after:
        if not os.access(path, os.W_OK):
            raise SshkeepError(
                f"can't write {path}: permission denied", "nothing was written; run it as its owner"
            )
    for path, data in after.items():
        replace(path, before[path], data)


def replace(path: str, expected: bytes, data: bytes) -> None:
    """The file at ``path`` (through links) gets ``data`` by one rename, on disk before it is seen.

    The new file is made beside the old one under a name that begins with a dot, which no Include
    pattern picks up. Raises SshkeepError, and leaves the old file, where anything goes wrong.
    """
    real = os.path.realpath(path)
    try:
        _replace(real, expected, data)
    except Unreadable as error:
        raise SshkeepError(f"can't write {path}: {error}") from None
    except OSError as error:
        hint = "run it as the file's owner" if isinstance(error, PermissionError) else ""
        raise SshkeepError(f"can't write {path}: {error.strerror}", hint) from None


def _replace(real: str, expected: bytes, data: bytes) -> None:
    status = os.stat(real)
    if not os.access(real, os.W_OK):
        raise PermissionError(13, "Permission denied", real)
    folder, name = os.path.split(real)
    temporary = os.path.join(folder, f".{name}.sshkeep-{os.getpid()}")
    descriptor = os.open(
        temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600
    )
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            _keep_owner_and_mode(descriptor, status)
            stream.flush()
            os.fsync(descriptor)
        if read_regular(real) != expected or os.stat(real).st_ino != status.st_ino:
            raise SshkeepError(
                f"{real} was changed while sshkeep worked on it", "nothing was written; run it again"
            )
        os.replace(temporary, real)
    except BaseException:
        os.unlink(temporary)
        raise
    _sync_folder(folder)


def _keep_owner_and_mode(descriptor: int, status: os.stat_result) -> None:
    if hasattr(os, "fchown") and (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def _sync_folder(folder: str) -> None:
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
