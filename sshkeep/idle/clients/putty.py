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
from sshkeep.idle.clients.client_program import ClientProgram, ClientSettings
from sshkeep.idle.clients.settings_file import SettingsLine
from sshkeep.named import NamedTuple

MINUTES, SECONDS, TCP = "PingInterval", "PingIntervalSecs", "TCPKeepalives"
SETTING_NAMES = (MINUTES, SECONDS, TCP)
"""The interval is the sum of the first two: PuTTY 0.51 and older had minutes only."""
KEYS_OF_A_SESSION = ("Present", "HostName", *SETTING_NAMES)
"""A file with one of these keys is a saved session."""
EXPORT_HEADERS = ("Windows Registry Editor", "REGEDIT4")
MAX_SECONDS = 2**31 - 1
MAX_NAMES = 10
"""Session names in a hint."""

_SESSION_KEY = re.compile(r"\\Software\\SimonTatham\\PuTTY\\Sessions\\([^\\]+)\]\Z", re.IGNORECASE | re.ASCII)
_VALUE = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*=\s*(.*)', re.DOTALL)
_DWORD = re.compile(r"dword:([0-9a-f]{1,8})\s*\Z", re.IGNORECASE | re.ASCII)
_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,10})\s*\Z", re.ASCII)
_KEY_BY_LOWER_CASE = {name.lower(): name for name in SETTING_NAMES}


class SavedNumber(NamedTuple):
    """A number in a session, and where it stands."""

    value: int
    where: str


class SavedSession(NamedTuple):
    """The numbers of one session, by the names in SETTING_NAMES."""

    name: str
    numbers: dict[str, SavedNumber]


SavedSessions = dict[str, SavedSession]
"""By name in small letters: Windows ignores case in the name of a key."""


def parse_putty_settings(lines: list[SettingsLine], file: str, session: str = "") -> ClientSettings:
    """The settings of the only session in ``lines``, or of the one named ``session``. Raises SshkeepError."""
    first = next((line.text for line in lines if line.text.strip()), "")
    sessions = _parse_export(lines) if first.startswith(EXPORT_HEADERS) else _parse_unix_file(lines, file)
    if not sessions:
        hint = "export HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions, or name a file in ~/.putty"
        raise SshkeepError(f"{file} holds no session of PuTTY", hint)
    return _settings(_select(sessions, file, session))


def _select(sessions: SavedSessions, file: str, name: str) -> SavedSession:
    if name.casefold() in sessions:
        return sessions[name.casefold()]
    if not name and len(sessions) == 1:
        return next(iter(sessions.values()))
    names = [sessions[key].name for key in sorted(sessions)]
    shown = ", ".join(names[:MAX_NAMES]) + (", ..." if len(names) > MAX_NAMES else "")
    if name:
        raise SshkeepError(f"{file} holds no session called {name}", f"there are {shown}")
    raise SshkeepError(f"{file} holds {len(names)} sessions", f"name one of them with --host: {shown}")


def _settings(session: SavedSession) -> ClientSettings:
    numbers = {name: session.numbers.get(name, SavedNumber(0, "")) for name in SETTING_NAMES}
    interval = numbers[MINUTES].value * 60 + numbers[SECONDS].value
    if not 0 <= interval <= MAX_SECONDS:
        where = numbers[SECONDS].where or numbers[MINUTES].where
        raise SshkeepError(f"{where}: {interval} s is no time between keepalives", "0 switches them off")
    origins = {name: each.where for name, each in numbers.items() if each.where}
    return ClientSettings(interval, numbers[TCP].value != 0, origins)


def _parse_unix_file(lines: Iterable[SettingsLine], file: str) -> SavedSessions:
    """The file is one session and has its name. Of several lines for a key, the first one counts."""
    session = SavedSession(_unescape(os.path.basename(file)), {})
    is_session = False
    for line in lines:
        name, equals, text = line.text.partition("=")
        is_session = is_session or (bool(equals) and name in KEYS_OF_A_SESSION)
        if equals and name in SETTING_NAMES and name not in session.numbers:
            session.numbers[name] = SavedNumber(_parse_integer(name, text, line.where), line.where)
    return {session.name.casefold(): session} if is_session else {}


def _parse_integer(name: str, text: str, where: str) -> int:
    found = _INTEGER.match(text)
    if not found:
        raise SshkeepError(
            f"{where}: {name} is {text[:40]!r}, which is no number", "PuTTY writes whole numbers"
        )
    return int(found[1])


def _parse_export(lines: Iterable[SettingsLine]) -> SavedSessions:
    """As Windows would import the file: a later value wins, and a minus removes a key or value."""
    sessions: SavedSessions = {}
    numbers: dict[str, SavedNumber] = {}
    for line in _entries(lines):
        text = line.text.strip()
        if text.startswith("["):
            numbers = _open_key(text, sessions)
        elif (found := _VALUE.match(text)) and (name := _KEY_BY_LOWER_CASE.get(found[1].lower())):
            if number := _DWORD.match(found[2]):
                numbers[name] = SavedNumber(_signed(int(number[1], 16)), line.where)
            else:  # removed, or of a type that PuTTY does not read
                numbers.pop(name, None)
    return sessions


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


def _ends_text(text: str) -> bool:
    """Whether a quoted text that has begun ends here."""
    return re.match(r'(?:[^"\\]|\\.)*"', text, re.DOTALL) is not None


def _open_key(text: str, sessions: SavedSessions) -> dict[str, SavedNumber]:
    """Where the values below ``[KEY]`` belong; those of no session go nowhere."""
    found = _SESSION_KEY.search(text)
    if not found:
        return {}
    name = _unescape(found[1])
    if text.startswith("[-"):
        sessions.pop(name.casefold(), None)
        return {}
    return sessions.setdefault(name.casefold(), SavedSession(name, {})).numbers


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
    setting="Connection, Seconds between keepalives",
    source="PuTTY's manual, 4.13.1 and 4.13.3; settings.c, load_open_settings; pinger.c",
    parse=parse_putty_settings,
    tcp_settings=(TCP,),
)
