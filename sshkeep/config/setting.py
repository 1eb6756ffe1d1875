"""One option with the lines that set it, and how OpenSSH lets a line take effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.config.model import Entry
from sshkeep.config.reading import Reading
from sshkeep.openssh.keyword import Kind
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.releases import MASK_CHECKS_BLOCK, NEWEST, Release
from sshkeep.openssh.values.given import Value


class Lost(NamedTuple):
    """A line that is not in effect, and why."""

    entry: Entry
    reading: Reading
    why: str


NOT_MATCHED = "its block does not apply"
SETS_NOTHING = "it leaves the default as it is"
COMES_LATER = "an earlier line wins"
OVERWRITTEN = "a later line wins"
OVERRIDDEN = "a Match block overrides it"
SAID_BEFORE = "an earlier line says the same"
SWITCHED_OFF = "{} comes first and switches it off"

_ONCE = ("identityfile", "certificatefile", "localforward", "remoteforward", "dynamicforward")
"""readconf.c add_identity_file and its like: what is there already is not added again."""

_AFTER_ALL = Release(NEWEST.major + 1, 0)
FIRST_WINS_FROM: dict[tuple[Kind, str], Release] = {
    ("sshd_config", "fingerprinthash"): _AFTER_ALL,
    ("sshd_config", "ipqos"): Release(10, 3),
    ("sshd_config", "maxstartups"): Release(10, 1),
    ("sshd_config", "persourcemaxstartups"): Release(9, 5),
    ("sshd_config", "persourcenetblocksize"): Release(10, 1),
    ("sshd_config", "streamlocalbindmask"): Release(10, 6),
    ("ssh_config", "ipqos"): Release(8, 7),
    ("ssh_config", "streamlocalbindmask"): Release(10, 6),
    ("ssh_config", "tunneldevice"): Release(8, 7),
}
"""Options of which a later line overwrote an earlier one, until the release named here.

servconf.c and readconf.c set them without asking whether they are set.
"""


def last_wins(kind: Kind, meaning: str, release: Release) -> bool:
    """Whether a later line of this option overwrites an earlier one."""
    return release < FIRST_WINS_FROM.get((kind, meaning), release)


def leaks(kind: Kind, meaning: str, release: Release) -> bool:
    """readconf.c sets these without asking whether the block applies."""
    if kind == "ssh_config" and meaning == "streamlocalbindmask":
        return release < MASK_CHECKS_BLOCK
    return kind == "ssh_config" and meaning == "syslogfacility"


class Setting:
    """One option: the lines in effect (several where lines add up), and the others.

    ``maybe`` are lines under a condition that can't be known; each would win if its block applied.
    ``parts`` are the values that are obtained first-come one by one (a RekeyLimit's size and time),
    ``members`` those of a list that lines add to.
    """

    __slots__ = ("adds", "in_match", "keyword", "lost", "maybe", "members", "parts", "won")

    def __init__(self, keyword: str) -> None:
        self.keyword = keyword
        self.won: list[tuple[Entry, Reading]] = []
        self.maybe: list[tuple[Entry, Reading]] = []
        self.lost: list[Lost] = []
        self.parts: dict[str, int | str] = {}
        self.adds = False
        self.in_match = False
        """Whether sshd took it from blocks for the connection, over what held at start."""
        self.members: list[tuple[str, Entry]] = []

    @property
    def value(self) -> Value:
        """What the lines in effect say together; None where nothing sets the option."""
        if self.parts:
            return self.parts
        if self.adds:
            return tuple(text for text, _ in self.members) or None
        return self.won[0][1].value if self.won else None

    def take(self, entry: Entry, reading: Reading, kind: Kind, release: Release) -> bool:
        """Let a line that applies have its effect; whether it has any."""
        if reading.value is None:
            return False
        if isinstance(reading.value, Mapping):
            return self._take_parts(entry, reading, reading.value, last_wins(kind, self.keyword, release))
        if entry.keyword is not None and entry.keyword.adds:
            return self._add(entry, reading, kind)
        if self.won and not (last_wins(kind, self.keyword, release) or overwrites(self.keyword, reading)):
            self.lost.append(Lost(entry, reading, COMES_LATER))
            return False
        self.lost += [Lost(*pair, OVERWRITTEN) for pair in self.won]
        self.won = [(entry, reading)]
        return True

    def _take_parts(self, entry: Entry, reading: Reading, parts: Mapping[str, int | str], last: bool) -> bool:
        fresh = {name: value for name, value in parts.items() if last or name not in self.parts}
        if not fresh:
            self.lost.append(Lost(entry, reading, COMES_LATER))
            return False
        self.parts.update(fresh)
        self.won.append((entry, reading))
        return True

    def _add(self, entry: Entry, reading: Reading, kind: Kind) -> bool:
        self.adds = True
        words = reading.value if isinstance(reading.value, tuple) else (str(reading.value),)
        before = len(self.members)
        for word in words:
            if kind == "ssh_config" and self.keyword == "sendenv" and word.startswith("-"):
                self.members = [pair for pair in self.members if not match_pattern(pair[0], word[1:])]
            elif self.keyword not in _ONCE or word not in (text for text, _ in self.members):
                self.members.append((word, entry))
        if len(self.members) == before and self.keyword in _ONCE:
            self.lost.append(Lost(entry, reading, SAID_BEFORE))
            return False
        if all(entry is not won for won, _ in self.won):
            self.won.append((entry, reading))
        return True


def overwrites(meaning: str, reading: Reading) -> bool:
    """Whether the line takes effect though another one came before.

    servconf.c sUnusedConnectionTimeout: ``none`` is set without asking, unlike a number.
    """
    return meaning == "unusedconnectiontimeout" and reading.words[0].text.lower() == "none"
