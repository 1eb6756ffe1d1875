"""A directory that is held open, so that another user can't swap it for another one meanwhile."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from types import TracebackType

CAN_HOLD_DIRECTORIES = {os.open, os.stat, os.rename, os.unlink, os.mkdir, os.readlink} <= os.supports_dir_fd
"""Whether the system finds names relative to an open directory. Windows does not; there, paths are used."""
_PASS_THROUGH = getattr(os, "O_PATH", os.O_RDONLY)
"""Linux can hold a directory that may be passed through but not read, such as a /home of mode 0711."""
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_DIRECTORY = getattr(os, "O_DIRECTORY", 0) | _NOFOLLOW | _CLOEXEC
_FILE = _NOFOLLOW | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0) | _CLOEXEC
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)


class HeldDirectory:
    """Methods take names of entries, never paths, and never follow a symbolic link. They raise OSError."""

    def __init__(self, path: str, descriptor: int | None) -> None:
        self.path = path
        self.descriptor = descriptor

    @classmethod
    def root(cls) -> HeldDirectory:
        """The directory at which every absolute path starts."""
        return cls("/", os.open("/", _PASS_THROUGH | _DIRECTORY) if CAN_HOLD_DIRECTORIES else None)

    def __enter__(self) -> HeldDirectory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the directory. May be called again; never raises."""
        descriptor, self.descriptor = self.descriptor, None
        if descriptor is not None:
            with suppress(OSError):
                os.close(descriptor)

    # The directory itself.

    def status(self) -> os.stat_result:
        """The status of the directory itself."""
        return os.stat(self.path) if self.descriptor is None else os.fstat(self.descriptor)

    def open_readable(self) -> int:
        """A second descriptor of the directory, which can be listed, synced and locked."""
        return os.open(self._name("."), os.O_RDONLY | _DIRECTORY, dir_fd=self.descriptor)

    def may_add(self) -> bool:
        """Whether the mode of the directory lets this process create and remove entries."""
        return self._access(".", os.W_OK | os.X_OK)

    def sync(self) -> None:
        """Renames and removals in the directory are on disk when this returns."""
        if self.descriptor is not None:
            descriptor = self.open_readable()
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    # Its entries.

    def entry_names(self) -> list[str]:
        """The names of all entries, in no order."""
        if self.descriptor is None:
            return os.listdir(self.path)
        descriptor = self.open_readable()
        try:
            return os.listdir(descriptor)
        finally:
            os.close(descriptor)

    def entry_status(self, name: str) -> os.stat_result | None:
        """The status of the entry itself, also of a symbolic link; None where there is none."""
        try:
            return os.stat(self._name(name), dir_fd=self.descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def may_write(self, name: str) -> bool:
        """Whether the mode of the file lets this process write it."""
        return self._access(name, os.W_OK)

    def read_link(self, name: str) -> str:
        """The target of the symbolic link."""
        return os.readlink(self._name(name), dir_fd=self.descriptor)

    def open_subdirectory(self, name: str) -> HeldDirectory:
        """The directory ``name``; this one stays open. ENOTDIR for a symbolic link."""
        path = os.path.join(self.path, name)
        if not CAN_HOLD_DIRECTORIES:
            return HeldDirectory(path, None)
        return HeldDirectory(path, os.open(name, _PASS_THROUGH | _DIRECTORY, dir_fd=self.descriptor))

    def open_file(self, name: str) -> int:
        """A descriptor for reading, which never waits for a fifo. ELOOP for a symbolic link."""
        return os.open(self._name(name), os.O_RDONLY | _FILE | _NONBLOCK, dir_fd=self.descriptor)

    def open_for_update(self, name: str) -> int:
        """A descriptor for writing into a file that exists. ELOOP for a symbolic link."""
        return os.open(self._name(name), os.O_WRONLY | _FILE | _NONBLOCK, dir_fd=self.descriptor)

    def open_stream(self, name: str) -> int:
        """A descriptor for writing to a fifo or device, which waits until the fifo has a reader.

        Nothing is created or truncated. ELOOP for a symbolic link.
        """
        return os.open(self._name(name), os.O_WRONLY | _FILE, dir_fd=self.descriptor)

    def create_file(self, name: str, mode: int = 0o600) -> int:
        """A descriptor for writing to a new file. EEXIST where the name is taken, also by a symbolic link.

        The kernel masks ``mode`` with the umask or the directory's default ACL.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _FILE | _NONBLOCK
        return os.open(self._name(name), flags, mode, dir_fd=self.descriptor)

    def make_directory(self, name: str) -> None:
        """A new directory of mode 0700."""
        os.mkdir(self._name(name), 0o700, dir_fd=self.descriptor)

    def rename(self, old: str, new: str) -> None:
        """Rename, and replace in one step the file that has the new name."""
        os.replace(self._name(old), self._name(new), src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def link_or_rename(self, old: str, new: str) -> None:
        """Give a file a name that no other file has; EEXIST where it is taken. The old name may remain.

        On FAT, which has no hard links, it is renamed: a file that is created in that instant is lost.
        """
        try:
            os.link(
                self._name(old),
                self._name(new),
                src_dir_fd=self.descriptor,
                dst_dir_fd=self.descriptor,
                follow_symlinks=os.link not in os.supports_follow_symlinks,
            )
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS) or self.entry_status(new):
                raise
            self.rename(old, new)

    def remove(self, name: str) -> None:
        """Remove a file or symbolic link."""
        os.unlink(self._name(name), dir_fd=self.descriptor)

    def _access(self, name: str, mode: int) -> bool:
        if os.access in os.supports_effective_ids and self.descriptor is not None:
            return os.access(name, mode, dir_fd=self.descriptor, effective_ids=True)
        return os.access(os.path.join(self.path, name), mode)

    def _name(self, name: str) -> str:
        return os.path.join(self.path, name) if self.descriptor is None else name
