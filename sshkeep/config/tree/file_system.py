"""Where config files are read from: the disk, or memory. No other part of the core reads the disk."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Mapping
from itertools import islice
from typing import Protocol, get_args

from sshkeep.errors import SshkeepError
from sshkeep.lookup import did_you_mean, near_names
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import known_names

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_FILES = 1000
MAX_LINES = 1_600_000
"""Lines of the files of one config, comments and blank ones, too."""
MAX_SETTINGS = 800_000
"""Settings of one config, as often as they are included: what is known of each takes more than a kilobyte."""
MAX_LINE_BYTES = 1024 * 1024
"""OpenSSH has no limit since 7.8, but a line of a million words costs a hundred times its size."""


class UnreadableFile(Exception):
    """A file exists and can't be read; the text gives the reason."""


class FileSystem(Protocol):
    """A source of config files."""

    def read(self, path: str) -> bytes:
        """The content of ``path``. Raises FileNotFoundError, IsADirectoryError or Unreadable."""
        ...

    def glob(self, pattern: str) -> list[str]:
        """The paths that match ``pattern``, sorted by bytes as glob(3) does in the C locale."""
        ...

    def is_file(self, path: str) -> bool:
        """Whether ``path`` leads to a regular file."""
        ...

    def identity(self, path: str) -> object:
        """A value that is equal for two paths if and only if they are the same file."""
        ...


class DiskFileSystem:
    """This machine's files."""

    def read(self, path: str) -> bytes:
        return read_regular_file(path)

    def glob(self, pattern: str) -> list[str]:
        wild = next((at for at, character in enumerate(pattern) if character in "*?["), None)
        if wild is None:
            return [pattern] if os.path.lexists(pattern) else []
        if not os.path.isdir(os.path.dirname(pattern[:wild]) or "."):
            return []
        from glob import iglob

        found = list(islice(iglob(pattern), MAX_FILES + 1))
        return sorted(found, key=os.fsencode)

    def is_file(self, path: str) -> bool:
        return os.path.isfile(path)

    def identity(self, path: str) -> object:
        return os.path.realpath(path)


DISK = DiskFileSystem()


class DiskOfOneCall(DiskFileSystem):
    """This machine's files for a short time: where a folder's links lead to is found out once.

    That is most of the time that many small files take.
    """

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def __reduce__(self) -> tuple[type[DiskOfOneCall], tuple[()]]:
        return DiskOfOneCall, ()

    def identity(self, path: str) -> object:
        folder, name = os.path.split(path)
        # Windows has several spellings of one name.
        if sys.platform == "win32" or name in ("", ".", "..") or os.path.islink(path):
            return os.path.realpath(path)
        return os.path.join(self._real_folder(folder), name)

    def _real_folder(self, folder: str) -> str:
        unknown: list[str] = []
        while folder not in self._folders:
            unknown.append(folder)
            above, name = os.path.split(folder)
            if not above or name in ("", ".", ".."):
                self._folders[folder] = os.path.realpath(folder)
            else:
                folder = above
        for each in reversed(unknown):
            above, name = os.path.split(each)
            if each not in self._folders:
                plain = not os.path.islink(each)
                self._folders[each] = (
                    os.path.join(self._folders[above], name) if plain else os.path.realpath(each)
                )
        return self._folders[unknown[0] if unknown else folder]


class OverlayFileSystem:
    """``files``, where some have other content or do not exist yet."""

    def __init__(self, files: FileSystem, changed: Mapping[str, bytes]) -> None:
        self.files = files
        self.changed = changed

    def read(self, path: str) -> bytes:
        return self.changed[path] if path in self.changed else self.files.read(path)

    def glob(self, pattern: str) -> list[str]:
        found = self.files.glob(pattern)
        new = [path for path in self.changed if path not in found and _fits(path, pattern)]
        return sorted([*found, *new], key=os.fsencode) if new else found

    def is_file(self, path: str) -> bool:
        return path in self.changed or self.files.is_file(path)

    def identity(self, path: str) -> object:
        return self.files.identity(path)


def _fits(path: str, pattern: str) -> bool:
    """glob(3): part by part; a leading dot must be in the pattern, too."""
    from fnmatch import fnmatchcase

    parts, patterns = path.split("/"), pattern.split("/")
    return len(parts) == len(patterns) and all(
        fnmatchcase(part, wild) and (wild.startswith(".") or not part.startswith("."))
        for part, wild in zip(parts, patterns, strict=True)
    )


class NotInMemory(FileNotFoundError):
    """A file is not among those in memory, whatever the disk has."""


class MemoryFileSystem:
    """Files held in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise NotInMemory(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.files[path]

    def glob(self, pattern: str) -> list[str]:
        found = (path for path in self.files if path == pattern or _fits(path, pattern))
        return sorted(found, key=os.fsencode)

    def is_file(self, path: str) -> bool:
        return path in self.files

    def identity(self, path: str) -> object:
        return path


def read_regular_file(path: str) -> bytes:
    """The content of a regular file; never blocks.

    Opens without blocking and checks the open descriptor, so that a fifo, a device or a file that is replaced
    meanwhile does no harm. Raises as `FileSystem.read` does.
    """
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
    )
    try:
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise
    except OSError as error:
        raise UnreadableFile(_reason(error)) from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("not a regular file")
        return _content(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def _content(descriptor: int, size: int) -> bytes:
    """All of an open file of this ``size``, by one call of the system where that is true."""
    try:
        # A buffer of the largest size takes longer to get than a file to read.
        data = os.read(descriptor, min(size, MAX_FILE_BYTES) + 1)
        if len(data) != size:  # it grows, has no size, as files below /proc, or comes in parts
            parts = [data]
            while parts[-1] and sum(map(len, parts)) <= MAX_FILE_BYTES:
                parts.append(os.read(descriptor, 1024 * 1024))
            data = b"".join(parts)
    except OSError as error:
        raise UnreadableFile(_reason(error)) from None
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(f"larger than {MAX_FILE_BYTES // 1024 // 1024} MiB")
    return data


def _reason(error: OSError) -> str:
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def describe_read_error(path: str, error: Exception) -> tuple[str, str]:
    """A read error about ``path``, as a sentence and a hint."""
    if isinstance(error, SshkeepError):
        return error.sentence, error.hint
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{path}: no such file", missing_file_hint(path, on_disk=not isinstance(error, NotInMemory))
    if isinstance(error, PermissionError):
        return f"{path}: permission denied", ""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{path}: {reason[:1].lower()}{reason[1:]}", ""


def missing_file_hint(path: str, *, on_disk: bool = True) -> str:
    """What may have been meant by a file that does not exist: a keyword, or a file beside it."""
    for kind in get_args(Kind):
        if name := known_names(kind).get(path.lower()):
            return f"{name} is a keyword: `sshkeep explain {name}`"
    folder, name = os.path.split(path)
    try:
        beside = os.listdir(folder or ".") if on_disk else []
    except OSError:
        beside = []
    return did_you_mean([os.path.join(folder, each) for each in near_names(name, beside)])


def is_in_memory(files: FileSystem) -> bool:
    """Whether the files are held in memory, also where some of them are changed."""
    while isinstance(files, OverlayFileSystem):
        files = files.files
    return isinstance(files, MemoryFileSystem)
