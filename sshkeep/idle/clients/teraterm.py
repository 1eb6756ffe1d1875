"""TERATERM.INI, Tera Term's settings file: HeartBeat in its section TTSSH, in seconds, 0 for off."""

from __future__ import annotations

import re

from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.client_program import ClientProgram, ClientSettings, SavedNumber, SavedSession
from sshkeep.idle.clients.settings_file import SettingsLine
from sshkeep.phrase import Phrase

SECTION, KEY = "TTSSH", "HeartBeat"
OWN_SECTIONS = ("tera term", "ttssh")
MAX_SECONDS = 2**31 - 1
DEFAULTS = ClientSettings(300, False)
"""300 since Tera Term 4.107 and 5.0 of October 2023, 60 before. Up to 5.6.2 it never sets SO_KEEPALIVE."""
_NUMBER = re.compile(r"[0-9]{1,10}\Z", re.ASCII)
_DIGITS_IN_FRONT = re.compile(r"[+-]?[0-9]{1,9}(?![0-9])", re.ASCII)


def parse_teraterm_ini(lines: list[SettingsLine], file: str) -> list[SavedSession]:
    """The settings in the file as its one session. Raises SshkeepError.

    Windows reads only the first section of a name and the first line of a key, and ignores case.
    """
    if not any((section_name(line.text) or "").lower() in OWN_SECTIONS for line in lines):
        raise SshkeepError(f"{file} is not a TERATERM.INI", "it has a section [Tera Term] or [TTSSH]")
    numbers: dict[str, SavedNumber] = {}
    header = last = 0
    for line in lines:
        section = section_name(line.text)
        if section is not None:
            if header:
                break
            header = last = line.number if section.lower() == SECTION.lower() else 0
        elif header and line.text.strip():
            last = line.number
            name, equals, text = line.text.partition("=")
            if equals and name.strip().lower() == KEY.lower() and KEY not in numbers:
                numbers[KEY] = _seconds(text, line)
    return [SavedSession("", numbers, header, last, False, "{name}={value}")]


def _seconds(text: str, line: SettingsLine) -> SavedNumber:
    """As GetPrivateProfileInt reads it: without quotes, the digits in front, else 0."""
    value = text.strip().strip("\"'")
    if _NUMBER.match(value) and int(value) <= MAX_SECONDS:
        return SavedNumber(int(value), line, text)
    digits = _DIGITS_IN_FRONT.match(value)
    return SavedNumber(int(digits[0]) if digits else 0, line, text, valid=False)


def section_name(text: str) -> str | None:
    """The name of the section that a line begins, without the brackets."""
    text = text.strip()
    return text[1:].partition("]")[0].strip() if text.startswith("[") else None


TERA_TERM = ClientProgram(
    name="teraterm",
    title="Tera Term",
    defaults=DEFAULTS,
    setting=Phrase("HeartBeat, in section TTSSH of TERATERM.INI"),
    source="Tera Term's source, 4.63 to 5.6.2: ttxssh.c, read_ssh_options, and ssh.c, ssh_heartbeat_thread",
    parse=parse_teraterm_ini,
    units={KEY: 1},
    wrong_number="which is not a number of seconds (0 is off)",
    section=SECTION,
)
