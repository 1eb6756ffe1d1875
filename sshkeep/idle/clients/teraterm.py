"""TERATERM.INI, Tera Term's settings file: HeartBeat in its section TTSSH, in seconds, 0 for off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.registry import ClientSettings
from sshkeep.idle.clients.settings_file import SettingsLine

SECTION, KEY = "TTSSH", "HeartBeat"
OWN_SECTIONS = ("tera term", "ttssh")
MOST = 2**31 - 1
_NUMBER = re.compile(r"[0-9]{1,10}\Z", re.ASCII)


def parse_teraterm_settings(lines: list[SettingsLine], file: str, shipped: ClientSettings) -> ClientSettings:
    """What the file says; ``shipped`` where it is silent. Raises SshkeepError."""
    if not any(name.lower() in OWN_SECTIONS for name, _ in _sections(lines)):
        raise SshkeepError(f"{file} is no TERATERM.INI", "it has a section [Tera Term] or [TTSSH]")
    for line in _first_section(SECTION, lines):
        name, equals, value = line.text.partition("=")
        if equals and name.strip().lower() == KEY.lower():
            return shipped._replace(interval=_seconds(value, line.where), origins={KEY: line.where})
    return shipped


def _seconds(text: str, where: str) -> int:
    value = text.strip().strip("\"'")
    if not _NUMBER.match(value) or int(value) > MOST:
        raise SshkeepError(f"{where}: {KEY} is {value[:40]!r}, which is no number of seconds", "0 is off")
    return int(value)


def _first_section(name: str, lines: Iterable[SettingsLine]) -> Iterator[SettingsLine]:
    """Windows reads the first section of a name, and tells no upper from lower case."""
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


def _sections(lines: Iterable[SettingsLine]) -> Iterator[tuple[str, SettingsLine]]:
    return ((name, line) for line in lines if (name := _section(line.text)) is not None)


def _section(text: str) -> str | None:
    text = text.strip()
    return text[1:].partition("]")[0].strip() if text.startswith("[") else None
