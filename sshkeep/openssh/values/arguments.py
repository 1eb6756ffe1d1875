"""The arguments of a line, the value that they have, and the refusal where they have none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT
from sshkeep.openssh.targets import Target
from sshkeep.phrase import Phrase

Value = int | str | tuple[str, ...] | Mapping[str, int | str] | None
"""Seconds, a number, a word or the rest of a line, words; or settings of their own by name.

A mapping's parts are each obtained first-come (RekeyLimit's size and time, a penalty's name). None
leaves the option unset.
"""


Reason = Literal[
    "unknown keyword",
    "missing argument",
    "extra argument",
    "quotes",
    "value",
    "not in match",
    "criteria",
    "repeated",
    "nesting",
    "asked for",
]
"""What is wrong with a line that OpenSSH refuses; ``asked for``: RefuseConnection refuses it."""


class Arguments(NamedTuple):
    """A line's arguments, read for one target.

    ``keyword`` is the keyword as the table spells it, ``option`` the option that it sets (`Keyword.option`).
    """

    words: tuple[str, ...]
    keyword: str
    option: str
    kind: Kind
    target: Target
    quoted: tuple[bool, ...] = ()
    """Whether each word stands in quotes; up to 8.6 some are compared before those are taken off."""
    open_quote: bool = False
    """Whether a quote is never closed; up to 8.6 the words end there."""
    active: bool = True
    """Whether sshd takes the line when it starts; some checks are only made then."""

    @property
    def splits_argv(self) -> bool:
        """Whether the release cuts arguments by argv_split, and so has empty ones."""
        return self.target.release >= ARGV_SPLIT

    @property
    def listed(self) -> tuple[str, ...]:
        """The words of a list: up to 8.6 an empty one ended it."""
        if self.splits_argv or "" not in self.words:
            return self.words
        return self.words[: self.words.index("")]


def no_argument(keyword: str) -> Phrase:
    """Why a line without a value is refused."""
    return Phrase("no argument after {keyword}", keyword=keyword)


class BadValue(Exception):
    """The target refuses the arguments; the text says why.

    ``stops`` is whether OpenSSH exits at the line, where that is not what it commonly does; an ``extra
    argument`` is one that both programs have counted since 8.7.
    """

    def __init__(self, problem: str, stops: bool | None = None, *, reason: Reason = "value") -> None:
        super().__init__(problem)
        self.stops = stops
        self.reason: Reason = reason
