"""A directory that is held open, so that nobody can swap it for another while work in it goes on."""

from __future__ import annotations

import errno
import os
from types import TracebackType

CAN_HOLD_DIRECTORIES = {os.open, os.stat, os.rename, os.unlink, os.mkdir, os.readlink} <= os.supports_dir_fd
"""Whether this system finds names from a held directory; Windows does not, and paths are used there."""
_PASS_THROUGH = getattr(os, "O_PATH", os.O_RDONLY)
"""Linux can hold a directory that it may pass through but not read, such as a /home of mode 0711."""
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_HOLD = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | _CLOEXEC
_FILE = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
    | _CLOEXEC
)


class HeldDirectory:
    """Names are those of entries, never paths; a link is never followed. Methods raise OSError."""

    def __init__(self, path: str, descriptor: int | None) -> None:
        self.path = path
        self.descriptor = descriptor

    @classmethod
    def root(cls) -> HeldDirectory:
        """The directory that every absolute path starts from."""
        return cls("/", os.open("/", _PASS_THROUGH | _HOLD) if CAN_HOLD_DIRECTORIES else None)

    def __enter__(self) -> HeldDirectory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the directory."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def open_subdirectory(self, name: str) -> HeldDirectory:
        """The directory ``name``; this one stays open. A link there is an error (ENOTDIR)."""
        path = os.path.join(self.path, name)
        if not CAN_HOLD_DIRECTORIES:
            return HeldDirectory(path, None)
        return HeldDirectory(path, os.open(name, _PASS_THROUGH | _HOLD, dir_fd=self.descriptor))

    def status(self) -> os.stat_result:
        """Of the directory itself."""
        return os.stat(self.path) if self.descriptor is None else os.fstat(self.descriptor)

    def entry_status(self, name: str) -> os.stat_result | None:
        """Of the entry ``name`` itself; None where there is none."""
        try:
            return os.stat(self._name(name), dir_fd=self.descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def read_link(self, name: str) -> str:
        """What the symbolic link ``name`` says."""
        return os.readlink(self._name(name), dir_fd=self.descriptor)

    def may_write(self, name: str) -> bool:
        """Whether the mode of the file ``name`` lets this process write it."""
        if os.access in os.supports_effective_ids and self.descriptor is not None:
            return os.access(name, os.W_OK, dir_fd=self.descriptor, effective_ids=True)
        return os.access(os.path.join(self.path, name), os.W_OK)

    def open(self, name: str) -> int:
        """A descriptor to read ``name`` with, which waits for nobody; a link is an error (ELOOP)."""
        return os.open(self._name(name), os.O_RDONLY | _FILE, dir_fd=self.descriptor)

    def create(self, name: str) -> int:
        """A descriptor to write the new file ``name`` with; whatever has that name is an error (EEXIST)."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _FILE
        return os.open(self._name(name), flags, 0o600, dir_fd=self.descriptor)

    def make_directory(self, name: str) -> None:
        """A directory for nobody else."""
        os.mkdir(self._name(name), 0o700, dir_fd=self.descriptor)

    def replace(self, name: str, by: str) -> None:
        """The file ``by`` takes the name ``name``, whatever had it, at once."""
        os.replace(self._name(by), self._name(name), src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def link_new(self, name: str, by: str) -> None:
        """The file ``by`` takes the name ``name``, which nobody has; FileExistsError where somebody has."""
        try:
            os.link(
                self._name(by),
                self._name(name),
                src_dir_fd=self.descriptor,
                dst_dir_fd=self.descriptor,
                follow_symlinks=os.link not in os.supports_follow_symlinks,
            )
        except FileExistsError:
            raise
        except OSError as error:
            # FAT knows no hard links. There, a file made in this instant would be lost.
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS) or self.entry_status(name):
                raise
            self.replace(name, by)
        else:
            self.remove(by)

    def remove(self, name: str) -> None:
        """The file ``name`` goes."""
        os.unlink(self._name(name), dir_fd=self.descriptor)

    def names(self) -> list[str]:
        """Every entry, in no order."""
        if self.descriptor is None:
            return os.listdir(self.path)
        descriptor = self.open_readable()
        try:
            return os.listdir(descriptor)
        finally:
            os.close(descriptor)

    def open_readable(self) -> int:
        """A second descriptor of the directory, that can be read, synced and locked."""
        return os.open(self._name("."), os.O_RDONLY | _HOLD, dir_fd=self.descriptor)

    def sync(self) -> None:
        """Renames and removals in it are on disk when this returns."""
        if self.descriptor is not None:
            descriptor = self.open_readable()
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _name(self, name: str) -> str:
        return os.path.join(self.path, name) if self.descriptor is None else name
