r"""PuTTY's saved sessions: exported from Windows' registry, or a file of PuTTY on Unix.

The export is a .reg file with a key HKEY_CURRENT_USER\Software\SimonTatham\PuTTY\Sessions\NAME for each
session; on Unix, ~/.config/putty/sessions/NAME or ~/.putty/sessions/NAME has lines Key=Value. What a session
does not set has the default 0 (settings.c, load_open_settings).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.client_program import ClientProgram, ClientSettings, SavedNumber, SavedSession
from sshkeep.idle.clients.settings_file import SettingsLine
from sshkeep.phrase import Phrase

MINUTES, SECONDS, TCP = "PingInterval", "PingIntervalSecs", "TCPKeepalives"
SETTING_NAMES = (MINUTES, SECONDS, TCP)
"""The interval is the sum of the first two: PuTTY 0.51 and older had minutes only."""
PROTOCOL = "Protocol"
KEYS_OF_A_SESSION = ("Present", "HostName", PROTOCOL, *SETTING_NAMES)
"""A file with one of these keys is a saved session."""
EXPORT_HEADERS = ("Windows Registry Editor", "REGEDIT4")
MAX_SECONDS = 2**31 - 1
EXPORTED_LINE, UNIX_LINE = '"{name}"=dword:{value:08x}', "{name}={value}"

_SESSION_KEY = re.compile(r"\\Software\\SimonTatham\\PuTTY\\Sessions\\([^\\]+)\]\Z", re.IGNORECASE | re.ASCII)
_VALUE = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*=\s*(.*)', re.DOTALL)
_DWORD = re.compile(r"dword:([0-9a-f]{1,8})\s*\Z", re.IGNORECASE | re.ASCII)
_TEXT = re.compile(r'"([^"\\]*)"\s*\Z')
_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,10})\s*\Z", re.ASCII)
_DIGITS_IN_FRONT = re.compile(r"\s*([+-]?[0-9]{1,10})(?![0-9])", re.ASCII)
_KEY_BY_LOWER_CASE = {name.lower(): name for name in (*SETTING_NAMES, PROTOCOL)}


def parse_putty_sessions(lines: list[SettingsLine], file: str) -> list[SavedSession]:
    """The sessions in ``lines``. Raises SshkeepError if there are none."""
    first = next((line.text for line in lines if line.text.strip()), "")
    sessions = _parse_export(lines) if first.startswith(EXPORT_HEADERS) else _parse_unix_file(lines, file)
    if not sessions:
        hint = "export HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions, or name a file in ~/.putty"
        raise SshkeepError(f"{file} holds no session of PuTTY", hint)
    return sessions


class _Reading:
    """A session while its lines are read."""

    def __init__(self, name: str, header: int, template: str) -> None:
        self.name, self.header, self.last, self.template = name, header, header, template
        self.numbers: dict[str, SavedNumber] = {}
        self.protocol = "ssh"

    def session(self) -> SavedSession:
        other = self.protocol != "ssh"
        return SavedSession(self.name, self.numbers, self.header, self.last, other, self.template)


def _parse_unix_file(lines: Iterable[SettingsLine], file: str) -> list[SavedSession]:
    """The file is one session and has its name. Of several lines for a key, the first one counts."""
    session = _Reading(_unescape(os.path.basename(file)), 0, UNIX_LINE)
    is_session = False
    for line in lines:
        name, equals, text = line.text.partition("=")
        session.last = line.number if line.text.strip() else session.last
        is_session = is_session or (bool(equals) and name in KEYS_OF_A_SESSION)
        if equals and name in SETTING_NAMES and name not in session.numbers:
            session.numbers[name] = _integer(text, line)
        elif equals and name == PROTOCOL:
            session.protocol = text.strip()
    return [session.session()] if is_session else []


def _integer(text: str, line: SettingsLine) -> SavedNumber:
    """As atoi(3) reads it (unix/storage.c, read_setting_i)."""
    if found := _INTEGER.match(text):
        return SavedNumber(int(found[1]), line, text)
    digits = _DIGITS_IN_FRONT.match(text)
    return SavedNumber(int(digits[1]) if digits else 0, line, text, valid=False)


def _parse_export(lines: Iterable[SettingsLine]) -> list[SavedSession]:
    """As Windows would import the file: a later value wins, and a minus removes a key or value."""
    sessions: dict[str, _Reading] = {}
    session: _Reading | None = None
    for line in _entries(lines):
        text = line.text.strip()
        if text.startswith("["):
            session = _open_key(text, line.number, sessions)
        elif session is not None:
            session.last = line.number if text else session.last
            _take_value(text, line, session)
    return [session.session() for session in sessions.values()]


def _take_value(text: str, line: SettingsLine, session: _Reading) -> None:
    found = _VALUE.match(text)
    name = _KEY_BY_LOWER_CASE.get(found[1].lower()) if found else None
    if found is None or name is None:
        return
    if name == PROTOCOL:
        protocol = _TEXT.match(found[2])
        session.protocol = protocol[1] if protocol else session.protocol
    elif number := _DWORD.match(found[2]):
        session.numbers[name] = SavedNumber(_signed(int(number[1], 16)), line, number[1])
    else:  # removed, or of a type that PuTTY does not read
        session.numbers.pop(name, None)


def _entries(lines: Iterable[SettingsLine]) -> Iterator[SettingsLine]:
    """The lines that begin a key or a value: a text can go on over several lines, and contain anything."""
    inside = False
    for line in lines:
        if not inside:
            yield line
            found = _VALUE.match(line.text) if line.text.lstrip().startswith('"') else None
            inside = bool(found and found[2].startswith('"') and not _ends_text(found[2][1:]))
        else:
            inside = not _ends_text(line.text)
            if not inside:
                yield line._replace(text=".")  # the session goes on to here


def _ends_text(text: str) -> bool:
    """Whether a quoted text that has begun ends here."""
    return re.match(r'(?:[^"\\]|\\.)*"', text, re.DOTALL) is not None


def _open_key(text: str, number: int, sessions: dict[str, _Reading]) -> _Reading | None:
    """The session that the values below ``[KEY]`` belong to; None for those of another key."""
    found = _SESSION_KEY.search(text)
    if not found:
        return None
    name = _unescape(found[1])
    # By name in small letters: Windows ignores case in the name of a key.
    if text.startswith("[-"):
        sessions.pop(name.casefold(), None)
        return None
    session = sessions.setdefault(name.casefold(), _Reading(name, number, EXPORTED_LINE))
    session.last = number
    return session


def _signed(value: int) -> int:
    """A DWORD that PuTTY reads into an int."""
    return value - 2**32 if value > MAX_SECONDS else value


def _unescape(name: str) -> str:
    from urllib.parse import unquote

    return unquote(name, errors="replace")


PUTTY = ClientProgram(
    name="putty",
    title="PuTTY",
    defaults=ClientSettings(0, False),
    setting=Phrase("Connection, Seconds between keepalives"),
    source="PuTTY 0.84: settings.c, load_open_settings; conf.h; pinger.c; manual, 4.13.1 and 4.13.3",
    parse=parse_putty_sessions,
    units={MINUTES: 60, SECONDS: 1},
    wrong_number="which is not a number (PuTTY writes whole numbers)",
    tcp_setting=TCP,
    load="PuTTY reads it once it is imported: reg import {}",
)
