"""The directories of one transaction, each held once however many of its files are written."""

from __future__ import annotations

from types import TracebackType

from sshkeep.write.folder import CAN_HOLD, Folder
from sshkeep.write.reach import Place, reach


class Folders:
    """A context manager that lets go of all of them at its end."""

    def __init__(self) -> None:
        self.held: dict[object, Folder] = {}

    def __enter__(self) -> Folders:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for folder in self.held.values():
            folder.close()

    def reach(self, path: str, *, follow: bool = True) -> Place:
        """As `sshkeep.write.reach.reach`."""
        folder, name = reach(path, follow=follow)
        status = folder.own_status()
        key: object = (status.st_dev, status.st_ino) if CAN_HOLD else folder.path
        if self.held.setdefault(key, folder) is not folder:
            folder.close()
        return Place(self.held[key], name)
