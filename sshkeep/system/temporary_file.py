"""A new file under a temporary name, in the directory in which it then takes its place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress

from sshkeep.system.held_directory import HeldDirectory

TEMPORARY_PREFIX = ".sshkeep-"
"""The * and ? of an Include skip such a name (glob(3)); only a pattern that itself begins with a dot, and
does not go on with an ending, could match it."""


def temporary_name() -> str:
    """A name that nobody can guess."""
    return TEMPORARY_PREFIX + secrets.token_hex(8)


def write_temporary(
    directory: HeldDirectory,
    name: str,
    data: bytes,
    *,
    mode: int = 0o600,
    prepare: Callable[[int], None] | None = None,
) -> None:
    """Create the file ``name`` with this content; it is on disk when this returns.

    ``mode`` is masked as by every program (`HeldDirectory.create_file`). ``prepare`` gets the open file once
    the content is in it. After an error the file may exist; `remove_temporary` is the caller's to call.
    Raises OSError, and what ``prepare`` raises.
    """
    descriptor = directory.create_file(name, mode)
    try:
        with os.fdopen(descriptor, "wb", closefd=False) as stream:
            stream.write(data)
        if prepare:
            prepare(descriptor)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_temporary(directory: HeldDirectory, name: str) -> None:
    """Remove the file with this temporary name, if it is there. Raises OSError where that fails twice.

    Network file systems refuse a removal now and then (EBUSY, ESTALE).
    """
    if name.startswith(TEMPORARY_PREFIX):
        with suppress(FileNotFoundError):
            try:
                directory.remove(name)
            except FileNotFoundError:
                raise
            except OSError:
                directory.remove(name)
