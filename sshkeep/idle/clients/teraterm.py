"""TERATERM.INI, Tera Term's settings file: HeartBeat in its section TTSSH, in seconds, 0 for off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.client_program import ClientProgram, ClientSettings
from sshkeep.idle.clients.settings_file import SettingsLine

SECTION, KEY = "TTSSH", "HeartBeat"
OWN_SECTIONS = ("tera term", "ttssh")
MAX_SECONDS = 2**31 - 1
DEFAULTS = ClientSettings(300, False)
"""60 before TTSSH 3.0 of October 2023. It never sets SO_KEEPALIVE."""
_NUMBER = re.compile(r"[0-9]{1,10}\Z", re.ASCII)


def parse_teraterm_settings(lines: list[SettingsLine], file: str, session: str = "") -> ClientSettings:
    """The settings in the file, DEFAULTS for what it does not set. Raises SshkeepError."""
    if session:
        raise SshkeepError("Tera Term has no named sessions", "leave the session's name out (--host)")
    if not any((_section(line.text) or "").lower() in OWN_SECTIONS for line in lines):
        raise SshkeepError(f"{file} is no TERATERM.INI", "it has a section [Tera Term] or [TTSSH]")
    for line in _first_section(SECTION, lines):
        name, equals, value = line.text.partition("=")
        if equals and name.strip().lower() == KEY.lower():
            return DEFAULTS._replace(interval=_seconds(value, line.where), origins={KEY: line.where})
    return DEFAULTS


def _seconds(text: str, where: str) -> int:
    value = text.strip().strip("\"'")
    if not _NUMBER.match(value) or int(value) > MAX_SECONDS:
        raise SshkeepError(f"{where}: {KEY} is {value[:40]!r}, which is no number of seconds", "0 is off")
    return int(value)


def _first_section(name: str, lines: Iterable[SettingsLine]) -> Iterator[SettingsLine]:
    """Windows reads only the first section of a name, and ignores case."""
    inside = False
    for line in lines:
        section = _section(line.text)
        if section is None:
            if inside and not line.text.lstrip().startswith(";"):
                yield line
        elif inside:
            return
        else:
            inside = section.lower() == name.lower()


def _section(text: str) -> str | None:
    text = text.strip()
    return text[1:].partition("]")[0].strip() if text.startswith("[") else None


TERA_TERM = ClientProgram(
    name="teraterm",
    title="Tera Term",
    defaults=DEFAULTS,
    setting="HeartBeat, in section TTSSH of TERATERM.INI",
    source="Tera Term's source: ttxssh.c, read_ssh_options, and ssh.c, ssh_heartbeat_thread",
    parse=parse_teraterm_settings,
)
