r"""PuTTY's saved sessions: exported from Windows' registry, or a file of PuTTY on Unix.

The first is a .reg file with a key HKEY_CURRENT_USER\Software\SimonTatham\PuTTY\Sessions\NAME for each
session; the second is ~/.config/putty/sessions/NAME or ~/.putty/sessions/NAME, with lines Key=Value.
What a session does not say has its default, 0 (settings.c, load_open_settings).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.registry import ClientSettings
from sshkeep.idle.clients.settings_file import SettingsLine

MINUTES, SECONDS, TCP = "PingInterval", "PingIntervalSecs", "TCPKeepalives"
WANTED = (MINUTES, SECONDS, TCP)
"""The interval is the sum of the first two: PuTTY 0.51 and older knew minutes only."""
SIGNS_OF_A_SESSION = ("Present", "HostName", *WANTED)
REGISTRY = ("Windows Registry Editor", "REGEDIT4")
MOST = 2**31 - 1
MOST_NAMES = 10

_SESSION = re.compile(r"\\Software\\SimonTatham\\PuTTY\\Sessions\\([^\\]+)\]\Z", re.IGNORECASE | re.ASCII)
_VALUE = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*=\s*(.*)', re.DOTALL)
_DWORD = re.compile(r"dword:([0-9a-f]{1,8})\s*\Z", re.IGNORECASE | re.ASCII)
_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,10})\s*\Z", re.ASCII)


class SavedNumber(NamedTuple):
    """A setting as it stands in a session."""

    value: int
    where: str


class SavedSession(NamedTuple):
    """What a session says, by the names of WANTED."""

    name: str
    given: dict[str, SavedNumber]


SavedSessions = dict[str, SavedSession]
"""By name in small letters: Windows does not tell upper from lower case in the name of a key."""


def parse_putty_settings(lines: list[SettingsLine], file: str, session: str = "") -> ClientSettings:
    """What the one session in ``lines``, or the one called ``session``, says. Raises SshkeepError."""
    exported = next((line.text for line in lines if line.text.strip()), "").startswith(REGISTRY)
    sessions = _exported(lines) if exported else _on_unix(lines, file)
    if not sessions:
        hint = "export HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions, or name a file in ~/.putty"
        raise SshkeepError(f"{file} holds no session of PuTTY", hint)
    return _settings(_meant(sessions, file, session))


def _meant(sessions: SavedSessions, file: str, name: str) -> SavedSession:
    if name.casefold() in sessions:
        return sessions[name.casefold()]
    if not name and len(sessions) == 1:
        return next(iter(sessions.values()))
    names = [sessions[key].name for key in sorted(sessions)]
    shown = ", ".join(names[:MOST_NAMES]) + (", ..." if len(names) > MOST_NAMES else "")
    if name:
        raise SshkeepError(f"{file} holds no session called {name}", f"there are {shown}")
    raise SshkeepError(f"{file} holds {len(names)} sessions", f"say which one is meant: {shown}")


def _settings(session: SavedSession) -> ClientSettings:
    given = {name: session.given.get(name, SavedNumber(0, "")) for name in WANTED}
    interval = given[MINUTES].value * 60 + given[SECONDS].value
    if not 0 <= interval <= MOST:
        where = given[SECONDS].where or given[MINUTES].where
        raise SshkeepError(f"{where}: {interval} s is no time between keepalives", "0 switches them off")
    origins = {name: each.where for name, each in given.items() if each.where}
    return ClientSettings(interval, given[TCP].value != 0, origins)


def _on_unix(lines: Iterable[SettingsLine], file: str) -> SavedSessions:
    """The file is one session, called as the file is. Of several lines for a key the first one counts."""
    session = SavedSession(_unescaped(os.path.basename(file)), {})
    known = False
    for line in lines:
        name, equals, text = line.text.partition("=")
        known = known or (bool(equals) and name in SIGNS_OF_A_SESSION)
        if equals and name in WANTED and name not in session.given:
            session.given[name] = SavedNumber(_integer(name, text, line.where), line.where)
    return {session.name.casefold(): session} if known else {}


def _integer(name: str, text: str, where: str) -> int:
    found = _INTEGER.match(text)
    if not found:
        raise SshkeepError(
            f"{where}: {name} is {text[:40]!r}, which is no number", "PuTTY writes whole numbers"
        )
    return int(found[1])


def _exported(lines: Iterable[SettingsLine]) -> SavedSessions:
    """As importing the file would set it: a later value wins, a minus takes a key or value away."""
    sessions: SavedSessions = {}
    given: dict[str, SavedNumber] = {}
    for line in _entries(lines):
        text = line.text.strip()
        if text.startswith("["):
            given = _key(text, sessions)
        elif (found := _VALUE.match(text)) and (name := _WANTED.get(found[1].lower())):
            if number := _DWORD.match(found[2]):
                given[name] = SavedNumber(_signed(int(number[1], 16)), line.where)
            else:  # taken away, or of a type that PuTTY does not read
                given.pop(name, None)
    return sessions


_WANTED = {name.lower(): name for name in WANTED}


def _entries(lines: Iterable[SettingsLine]) -> Iterator[SettingsLine]:
    """The lines that begin a key or a value: a text may go on over several lines, and look like anything."""
    inside = False
    for line in lines:
        if not inside:
            yield line
            found = _VALUE.match(line.text) if line.text.lstrip().startswith('"') else None
            inside = bool(found and found[2].startswith('"') and not _closed(found[2][1:]))
        else:
            inside = not _closed(line.text)


def _closed(text: str) -> bool:
    """Whether a text that has begun ends here."""
    return re.match(r'(?:[^"\\]|\\.)*"', text, re.DOTALL) is not None


def _key(text: str, sessions: SavedSessions) -> dict[str, SavedNumber]:
    """Where the values below ``[KEY]`` belong; what is no session's is kept nowhere."""
    found = _SESSION.search(text)
    if not found:
        return {}
    name = _unescaped(found[1])
    if text.startswith("[-"):
        sessions.pop(name.casefold(), None)
        return {}
    return sessions.setdefault(name.casefold(), SavedSession(name, {})).given


def _signed(value: int) -> int:
    """A DWORD that is read into an int."""
    return value - 2**32 if value > MOST else value


def _unescaped(name: str) -> str:
    from urllib.parse import unquote

    return unquote(name, errors="replace")
