"""The settings of a client program as a config without lines of OpenSSH, so that rules can look at it."""

from __future__ import annotations

from sshkeep.config.tree.config import Config
from sshkeep.idle.clients.client_program import ClientProgram, SavedSession
from sshkeep.idle.clients.settings_file import SettingsFile, check_size
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST
from sshkeep.openssh.targets import Target


class ClientConfig(Config):
    """One settings file of ``program`` and the ``sessions`` in it; it has no entries and no blocks."""

    def __init__(self, program: ClientProgram, file: SettingsFile) -> None:
        super().__init__(program.name, file.target, file.source.path)
        self.program = program
        self.file = file
        self.files = {file.source.path: file}
        self.tops = [file.source.path]
        self.sessions: list[SavedSession] = program.parse(file.lines, file.source.path)

    @property
    def ssh_sessions(self) -> list[SavedSession]:
        """The sessions that are about SSH."""
        return [session for session in self.sessions if not session.other_protocol]

    @property
    def to_load(self) -> str:
        """How the program gets to know a changed file; empty where it reads the file itself."""
        exported = any(session.header for session in self.sessions)
        return self.program.load.format(self.top) if exported else ""


def client_target(kind: Kind) -> Target:
    """What a settings file is read for: a target that is no OpenSSH."""
    return Target(kind, NEWEST)


def load_client_config(program: ClientProgram, path: str, data: bytes) -> ClientConfig:
    """The settings file ``path`` with the content ``data``. Raises SshkeepError if it is no such file."""
    check_size(path, data)
    return ClientConfig(program, SettingsFile(path, data, program.name, client_target(program.name)))
