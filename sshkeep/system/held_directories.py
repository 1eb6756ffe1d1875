"""The directories of one transaction, each held once however many of its files are written."""

from __future__ import annotations

from types import TracebackType

from sshkeep.system.held_directory import CAN_HOLD_DIRECTORIES, HeldDirectory
from sshkeep.system.safe_path import Entry, locate


class HeldDirectories:
    """A context manager that lets go of all of them at its end."""

    def __init__(self) -> None:
        self.held: dict[object, HeldDirectory] = {}

    def __enter__(self) -> HeldDirectories:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for folder in self.held.values():
            folder.close()

    def locate(self, path: str, *, follow: bool = True) -> Entry:
        """As `sshkeep.system.safe_path.reach`."""
        folder, name = locate(path, follow=follow)
        status = folder.status()
        key: object = (status.st_dev, status.st_ino) if CAN_HOLD_DIRECTORIES else folder.path
        if self.held.setdefault(key, folder) is not folder:
            folder.close()
        return Entry(self.held[key], name)
