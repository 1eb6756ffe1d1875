"""Create or replace one file, whole or not at all. Commands call these."""

from __future__ import annotations

import errno
import os

from sshkeep.errors import SshkeepError
from sshkeep.system.existing_file import ExistingFile, check_writable, read_existing
from sshkeep.system.replacement import NewFile, Replacement
from sshkeep.system.safe_path import DirectoryEntry, locate, open_directory
from sshkeep.system.write_errors import changed_error, os_errors_as_write_errors, write_error

MAX_EXPECTED = 64 * 1024 * 1024
"""Bytes of a file that `replace_file` compares."""


def create_file(path: str, data: bytes) -> None:
    """Create the file ``path``; never over another file, nor through a symbolic link with that name.

    The umask decides who may read it. Links to its directory are followed where a trusted user made them
    (`sshkeep.system.trust`). Raises SshkeepError, and then there is no file.
    """
    with os_errors_as_write_errors(path):
        entry = _new_entry(path)
        with entry.directory:
            if entry.directory.entry_status(entry.name):
                raise write_error(path, "the file exists already")
            write_entry(entry, path, None, data, NewFile.BY_UMASK)


def replace_file(path: str, data: bytes, *, expected: bytes) -> None:
    """Replace the file ``path``, whose content is ``expected``; its mode, owner and attributes stay.

    Links are followed where a trusted user made them. Raises SshkeepError, also for another content than
    expected; then the file is as it was.
    """
    with os_errors_as_write_errors(path):
        entry = locate(path)
        with entry.directory:
            found = read_existing(entry, path, max_bytes=MAX_EXPECTED)
            if found is None or found.data != expected:
                raise changed_error(path)
            write_entry(entry, path, found, data, NewFile.BY_UMASK)


def write_entry(
    entry: DirectoryEntry, path: str, found: ExistingFile | None, data: bytes, new: NewFile
) -> None:
    """Put ``data`` in the place of ``found``; ``path`` is the file's name in messages.

    All is on disk when this returns. Raises SshkeepError, and then the file is as it was, unless the text
    says that it was written. No temporary file is left.
    """
    check_writable(entry, path)
    replacement = Replacement(entry, path, found, data, new=new)
    try:
        replacement.prepare()
        replacement.put()
    finally:
        replacement.discard()
    try:
        entry.directory.sync()
    except OSError as error:
        raise SshkeepError(
            f"{path} was written, but perhaps not to disk: {error.strerror}", "write it again to be sure"
        ) from None


def _new_entry(path: str) -> DirectoryEntry:
    directory, name = os.path.split(path)
    if name in ("", ".", ".."):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    return DirectoryEntry(open_directory(directory or "."), name)
