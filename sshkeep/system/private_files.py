"""Files of mode 0600 that sshkeep alone uses, in a directory that it holds open."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress

from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.temporary_file import remove_temporary, temporary_name, write_temporary


def read_private_file(directory: HeldDirectory, name: str, max_bytes: int) -> bytes:
    """The content of a regular file. Raises OSError, and ValueError for no such file or a longer one."""
    descriptor = directory.open_file(name)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("not a regular file")
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ValueError("too large")
    return data


def create_private_file(directory: HeldDirectory, name: str, data: bytes) -> None:
    """Create a file with all of ``data``, on disk when this returns.

    Raises FileExistsError where the name is taken, and OSError; then nothing is there.
    """
    _write(directory, data, lambda temporary: directory.link_or_rename(temporary, name))
    try:
        directory.sync()
    except OSError:
        with suppress(OSError):
            directory.remove(name)
        raise


def replace_private_file(directory: HeldDirectory, name: str, data: bytes) -> None:
    """Put a file with all of ``data`` in the place of the file with this name, if there is one.

    Raises OSError: then that file is as it was or, if the last sync failed, replaced but perhaps not on disk.
    """
    _write(directory, data, lambda temporary: directory.rename(temporary, name))
    directory.sync()


def overwrite_private_file(directory: HeldDirectory, name: str, data: bytes) -> None:
    """Put ``data`` into the blocks that the file has already, for a disk that is full.

    Whoever reads it in that instant may get a part of the old content. Raises OSError.
    """
    descriptor = directory.open_for_update(name)
    try:
        os.pwrite(descriptor, data, 0)
        os.ftruncate(descriptor, len(data))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(directory: HeldDirectory, data: bytes, take_place: Callable[[str], None]) -> None:
    temporary = temporary_name()
    try:
        write_temporary(directory, temporary, data)
        take_place(temporary)
    finally:
        remove_temporary(directory, temporary)
