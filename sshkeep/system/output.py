"""The file or stream that a user names for a result, such as that of --output.

A file is replaced whole at the end, or stays as it was. A fifo, a terminal, /dev/null and the streams that
the caller opened (/dev/stdout, /dev/fd/3) are written to.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from types import TracebackType

from sshkeep.errors import SshkeepError
from sshkeep.system.existing_file import ExistingFile, check_writable, read_existing
from sshkeep.system.files import write_entry
from sshkeep.system.replacement import NewFile
from sshkeep.system.safe_path import DirectoryEntry, locate
from sshkeep.system.trust import may_be_planted
from sshkeep.system.write_errors import os_errors_as_write_errors, write_error

_STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_DESCRIPTOR = re.compile(r"/(?:dev|proc/(?:self|thread-self))/fd/([0-9]{1,6})")


class Output:
    """The place of a result. A context manager, which releases it at its end.

    The file, or its absence, is as before until `write`.
    """

    def __init__(self, path: str, entry: DirectoryEntry | None, descriptor: int | None) -> None:
        self.path = path
        """As the user named it."""
        self.entry = entry
        """None for a stream."""
        self.descriptor = descriptor
        """Of a stream; None for a file."""

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.entry:
            self.entry.directory.close()
        if self.descriptor is not None:
            os.close(self.descriptor)

    def write(self, data: bytes) -> None:
        """Write the whole result; to be called once.

        Raises SshkeepError, and then a file is as it was; BrokenPipeError where the reader of a fifo is gone.
        """
        if self.entry:
            with os_errors_as_write_errors(self.path):
                found = _existing(self.entry, self.path)
                write_entry(self.entry, self.path, found, data, NewFile.OVER_ANOTHER)
        elif self.descriptor is not None:
            _write_stream(self.descriptor, self.path, data)


def open_output(path: str) -> Output:
    """Find the place, and check that it can be written; nothing is created.

    A fifo without a reader is waited for. Raises SshkeepError, also for a link, file or fifo that another
    user may have planted there.
    """
    match = _DESCRIPTOR.fullmatch(path)
    number = int(match[1]) if match else _STREAMS.get(path)
    with os_errors_as_write_errors(path):
        if number is not None:
            return Output(path, None, os.dup(number))
        entry = locate(path)
        try:
            stream = _check_entry(entry, path)
        except BaseException:
            entry.directory.close()
            raise
        if stream is None:
            return Output(path, entry, None)
        entry.directory.close()
        return Output(path, None, stream)


def write_output(path: str, data: bytes) -> None:
    """Write the whole result to the file or stream ``path``. Raises as `open_output` and `Output.write`."""
    with open_output(path) as output:
        output.write(data)


def _check_entry(entry: DirectoryEntry, path: str) -> int | None:
    """The descriptor of a stream; None for a file."""
    status = entry.directory.entry_status(entry.name)
    if status and _is_stream(status):
        return _open_stream(entry, path, status)
    _existing(entry, path)
    check_writable(entry, path)
    return None


def _is_stream(status: os.stat_result) -> bool:
    return stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode)


def _open_stream(entry: DirectoryEntry, path: str, seen: os.stat_result) -> int:
    _check_owner(seen.st_uid, entry, path)
    descriptor = entry.directory.open_stream(entry.name)
    status = os.fstat(descriptor)
    if (status.st_dev, status.st_ino) != (seen.st_dev, seen.st_ino):
        os.close(descriptor)
        raise write_error(path, "it was just swapped for another file")
    return descriptor


def _existing(entry: DirectoryEntry, path: str) -> ExistingFile | None:
    found = read_existing(entry, path, max_bytes=None)
    if found:
        _check_owner(found.attributes.uid, entry, path)
    return found


def _check_owner(owner: int, entry: DirectoryEntry, path: str) -> None:
    if may_be_planted(owner, entry.directory.status()):
        raise write_error(path, "it belongs to another user, who may have put it into this shared directory")


def _write_stream(descriptor: int, path: str, data: bytes) -> None:
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = "it is not open for writing" if error.errno == errno.EBADF else os.strerror(error.errno or 0)
        raise SshkeepError(f"can't write {path}: {reason}", "it may hold a part of the result") from None
