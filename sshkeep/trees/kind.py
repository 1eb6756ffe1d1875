"""Decide which of the two languages a file is written in."""

from __future__ import annotations

import os.path

from sshkeep.config.tree.file_system import FileSystem
from sshkeep.config.tree.template import name_without_template
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import ClientKind, Kind
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.syntax.encoding import wide_text
from sshkeep.syntax.words import split_line

MAIN_FILES = ("ssh_config", "sshd_config")
MAX_LINES_EXAMINED = 2000
SETTINGS_ENDINGS = (".reg", ".ini")
"""How Windows calls the settings files of other programs than OpenSSH."""


def client_kind(path: str, files: FileSystem) -> ClientKind | None:
    """The client program whose settings file it is, by its content; None for OpenSSH's.

    A file whose name is that of an OpenSSH config is not looked at, unless Windows would call it otherwise.
    """
    if kind_by_name(path) and not path.lower().endswith(SETTINGS_ENDINGS):
        return None
    from sshkeep.idle.clients.recognise import client_kind_of

    return client_kind_of(path, files.read(path))


def kind_by_name(path: str) -> Kind | None:
    """The language by the file's name or folder; None where they don't show it."""
    folder, name = os.path.split(name_without_template(os.path.abspath(path)))
    for part in (name, os.path.basename(folder)):
        if "sshd_config" in part:
            return "sshd_config"
        if "ssh_config" in part:
            return "ssh_config"
    if name == "config" or name.startswith("config.") or os.path.basename(folder) == ".ssh":
        return "ssh_config"
    return None


def kind_by_content(path: str, data: bytes) -> Kind:
    """The language by keywords that only one of the two has. Raises SshkeepError if both fit equally well."""
    server, client = known_names("sshd_config"), known_names("ssh_config")
    score = 0
    if wide := wide_text(data):
        data = wide.text.encode()
    for raw in data.split(b"\n", MAX_LINES_EXAMINED)[:MAX_LINES_EXAMINED]:
        line = split_line(raw)
        if line:
            name = line.name.lower()
            score += (name in server) - (name in client)
    if score == 0:
        raise SshkeepError(
            f"can't tell whether {path} is an sshd_config or an ssh_config",
            "use --kind sshd_config or --kind ssh_config",
        )
    return "sshd_config" if score > 0 else "ssh_config"
