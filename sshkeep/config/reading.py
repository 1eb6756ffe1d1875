"""One line's value as the target reads it, or why the target refuses the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

from sshkeep.config.matching import applies_at_start, universal
from sshkeep.config.model import Config, Entry
from sshkeep.openssh.keyword import Keyword, Kind
from sshkeep.openssh.patterns import match_list
from sshkeep.openssh.releases import Release
from sshkeep.openssh.values import parse_flag, parse_integer, parse_time
from sshkeep.syntax.source import Span
from sshkeep.syntax.words import BadQuotes, Word

Value = int | str | None


class Reading(NamedTuple):
    """What one line says.

    ``value`` is seconds for a time, a number for an integer, ``yes`` or ``no`` for a flag, else the
    first word; None where the line leaves the option unset (``none`` for ssh's times). ``problem``
    is why OpenSSH refuses the line, and empty where it does not.
    """

    words: tuple[Word, ...] = ()
    value: Value = None
    problem: str = ""


def read_entry(entry: Entry, config: Config) -> Reading:
    """The reading of one line, refused or not."""
    row = entry.keyword
    if row is None:
        return _unknown(entry, config)
    release = config.target.release
    if (
        config.kind == "sshd_config"
        and entry.context is not None
        and not _allowed_in_match(entry, row, release)
    ):
        return Reading(problem=f"{row.name} is not allowed within a Match block")
    try:
        words = tuple(entry.directive.words(row.type))
    except BadQuotes:
        return Reading(problem="a quote is not closed")
    if row.type == "ignored":
        return Reading(words)
    if not words or not words[0].text:
        return Reading(words, problem=f"nothing after {entry.directive.line.name}")
    return _typed(words, row, config.kind, release)


def _unknown(entry: Entry, config: Config) -> Reading:
    """readconf.c parse_token: a name on an IgnoreUnknown list that was met before is skipped."""
    name = entry.directive.line.name.lower()
    if config.kind == "ssh_config" and _excused(entry, name, config):
        return Reading()
    return Reading(problem=f"unknown keyword {entry.directive.line.name}")


def _excused(entry: Entry, name: str, config: Config) -> bool:
    first = _ignore_unknown(config)
    lists = [line for line in (first.get(None), first.get(id(entry.context))) if line is not None]
    active = min(lists, key=config.position, default=None)
    if active is None or config.position(active) > config.position(entry):
        return False
    words = active.directive.words("word")
    return bool(words) and match_list(name, tuple(words[0].text.lower().split(",")))


def _ignore_unknown(config: Config) -> dict[int | None, Entry]:
    """The first IgnoreUnknown of each block, by the block's id; None is where it always applies."""
    if "ignoreunknown" not in config.memo:
        first: dict[int | None, Entry] = {}
        for entry, _ in readings("ignoreunknown", config):
            everywhere = universal(entry.context, config.target.release)
            first.setdefault(None if everywhere else id(entry.context), entry)
        config.memo["ignoreunknown"] = first
    return cast("dict[int | None, Entry]", config.memo["ignoreunknown"])


def _allowed_in_match(entry: Entry, row: Keyword, release: Release) -> bool:
    """servconf.c: SSHCFG_GLOBAL keywords only where the block is already active at start."""
    if row.in_match is not None and row.in_match <= release:
        return True
    return applies_at_start(entry.context, release)


def _typed(words: tuple[Word, ...], row: Keyword, kind: Kind, release: Release) -> Reading:
    parse = _TYPES.get(row.type)
    if parse is None:
        return Reading(words, words[0].text)
    if row.type in ("time", "integer", "flag", "enum", "word", "port") and len(words) > 1:
        return Reading(words, problem=f"more than one value after {row.name}")
    text = words[0].text
    if row.type == "time" and text.lower() == "none" and _takes_none(row, kind):
        return Reading(words, None)
    value = parse(text, row, kind, release)
    if value is None:
        return Reading(
            words, problem=_REFUSALS[row.type].format(text if len(text) <= 60 else f"{text[:60]}...")
        )
    return Reading(words, value)


def _takes_none(row: Keyword, kind: Kind) -> bool:
    """readconf.c parse_time takes ``none`` everywhere; servconf.c for one keyword only."""
    return kind == "ssh_config" or row.name == "UnusedConnectionTimeout"


_TYPES: dict[str, Callable[[str, Keyword, Kind, Release], Value]] = {
    "time": lambda text, row, kind, release: parse_time(text, release),
    "integer": lambda text, row, kind, release: parse_integer(text),
    "flag": lambda text, row, kind, release: parse_flag(text, kind, row.meaning, release),
    "enum": lambda text, row, kind, release: text,
    "word": lambda text, row, kind, release: text,
    "port": lambda text, row, kind, release: text,
}
_REFUSALS = {
    "time": "'{}' is not a time",
    "integer": "'{}' is not a number from 0 to 2147483647",
    "flag": "'{}' is neither yes nor no",
}


def all_readings(meaning: str, config: Config) -> list[tuple[Entry, Reading]]:
    """All lines for one option whose keyword the target knows, refused ones too, in order."""
    key = ("readings", meaning)
    if key not in config.memo:
        config.memo[key] = [(e, read_entry(e, config)) for e in config.lines(meaning) if e.keyword]
    return cast("list[tuple[Entry, Reading]]", config.memo[key])


def readings(meaning: str, config: Config) -> list[tuple[Entry, Reading]]:
    """The lines for one option that the target takes and that set it, in order."""
    key = ("set by", meaning)
    if key not in config.memo:
        config.memo[key] = [
            pair
            for pair in all_readings(meaning, config)
            if not pair[1].problem and pair[1].value is not None
        ]
    return cast("list[tuple[Entry, Reading]]", config.memo[key])


def value_span(entry: Entry, reading: Reading) -> Span:
    """Where a line's arguments stand, for an edit that replaces just them."""
    return entry.directive.span(reading.words[0].start, reading.words[-1].end)
