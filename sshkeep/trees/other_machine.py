"""Another machine, whose files were fetched: they are read as its own, and nothing of the disk is."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.config.local_machine import FileStatus
from sshkeep.config.tree.file_system import MemoryFileSystem, UnreadableFile
from sshkeep.named import NamedTuple
from sshkeep.openssh.targets import NEWEST_TARGET, Target


class OtherMachine(NamedTuple):
    """What is known of it.

    ``files`` are contents by their paths there; ``unreadable`` are files that exist and were not fetched,
    with the reason. ``target`` is the OpenSSH that is installed there (`target_of_answers`). ``home`` and
    ``user`` (the user id) are those of the user whose ssh reads the files. ``real_paths``: for links, the
    file that they lead to.
    """

    files: Mapping[str, bytes]
    target: Target = NEWEST_TARGET
    home: str = "/root"
    user: int = 0
    statuses: Mapping[str, FileStatus] = {}
    unreadable: Mapping[str, str] = {}
    real_paths: Mapping[str, str] = {}


class MachineFiles(MemoryFileSystem):
    """The files of such a machine, some perhaps with another content."""

    def __init__(self, machine: OtherMachine, changed: Mapping[str, bytes] | None = None) -> None:
        super().__init__({**machine.files, **(changed or {})})
        self.machine = machine

    def read(self, path: str) -> bytes:
        if path in self.machine.unreadable:
            raise UnreadableFile(self.machine.unreadable[path])
        return super().read(path)

    def glob(self, pattern: str) -> list[str]:
        closed = MemoryFileSystem(dict.fromkeys(self.machine.unreadable, b"")).glob(pattern)
        return sorted(
            {*super().glob(pattern), *closed}, key=lambda path: path.encode(errors="surrogateescape")
        )

    def is_file(self, path: str) -> bool:
        return path in self.machine.unreadable or super().is_file(path)

    def identity(self, path: str) -> object:
        return self.machine.real_paths.get(path, path)


class GatheredFacts:
    """Facts of such a machine for the rules; what was not fetched is not known."""

    def __init__(self, machine: OtherMachine) -> None:
        self.machine = machine
        self.home = machine.home
        self.user = machine.user

    def status(self, path: str) -> FileStatus | None:
        return self.machine.statuses.get(path)

    def there(self, path: str) -> bool | None:
        return True if path in self.machine.statuses else None

    def package_of(self, path: str) -> str:
        return ""
