"""Lines that can never take effect, because earlier ones always come first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple, cast

from sshkeep.config.criteria import HOST_LINE, BadCriteria, criteria_of
from sshkeep.config.matching import applies_at_start, delayed, universal
from sshkeep.config.model import Config, Context, Entry
from sshkeep.config.reading import Reading, readings
from sshkeep.config.setting import last_wins
from sshkeep.openssh.patterns import includes

WORK_LIMIT = 2_000_000
"""How many pairs of patterns are compared for one tree before the search stops and says so."""

_STABLE = frozenset(("originalhost", "localuser", "user", "group", "address", "localaddress", "localport"))
"""Criteria whose answer can't change between two lines of one walk (ssh's ``user`` can)."""


class Shadowed(NamedTuple):
    """``entry`` never takes effect: each of ``winners`` comes first for some of its cases."""

    entry: Entry
    reading: Reading
    winners: tuple[tuple[Entry, Reading], ...]


def shadowed(meaning: str, config: Config) -> list[Shadowed]:
    """All lines for a first-one-wins option that are surely without effect; none for others.

    Sound, not complete: wildcard patterns are compared as texts, and blocks with conditions that
    may change during the walk count as covered only by what covers everything. Hosts times
    wildcards is bounded by WORK_LIMIT; beyond it a note is added to ``config.notes``.
    """
    if last_wins(config.kind, meaning, config.target.release):
        return []
    key = ("shadowed", meaning)
    if key not in config.memo:
        found = readings(meaning, config)
        config.memo[key] = _in_sshd(found, config) if config.kind == "sshd_config" else _in_ssh(found, config)
    return cast("list[Shadowed]", config.memo[key])


def _in_sshd(found: list[tuple[Entry, Reading]], config: Config) -> list[Shadowed]:
    release = config.target.release
    matchable = any(e.keyword and e.keyword.in_match and e.keyword.in_match <= release for e, _ in found)
    dead = []
    at_start: tuple[Entry, Reading] | None = None
    override = (
        next((p for p in found if p[0].context and universal(p[0].context, release)), None)
        if matchable
        else None
    )
    first: dict[object, tuple[Entry, Reading]] = {}
    everywhere: tuple[Entry, Reading] | None = None
    for pair in found:
        context = pair[0].context
        if context is None or not matchable:
            winner = at_start or override
        else:
            key = _signature(context)
            winner = everywhere or first.setdefault(key, pair)
        if winner and winner is not pair:
            dead.append(Shadowed(*pair, (winner,)))
        if at_start is None and applies_at_start(context, release):
            at_start = pair
        if everywhere is None and context is not None and universal(context, release):
            everywhere = pair
    return dead


def _in_ssh(found: list[tuple[Entry, Reading]], config: Config) -> list[Shadowed]:
    search = _Search(config)
    dead = []
    for pair in found:
        winners = search.winners_or_add(pair)
        if winners:
            dead.append(Shadowed(*pair, winners))
    if search.wild.work > WORK_LIMIT:
        note = (
            f"{config.top}: stopped comparing Host patterns after {WORK_LIMIT:,} pairs;"
            " further lines that never take effect may be missed"
        )
        if note not in config.notes:
            config.notes.append(note)
    return dead


class _Search:
    """Lines met so far, by what their blocks cover: literal patterns by hash, wildcards in a row."""

    def __init__(self, config: Config) -> None:
        self.release = config.target.release
        self.everywhere: tuple[Entry, Reading] | None = None
        self.same: dict[object, tuple[Entry, Reading]] = {}
        self.by_text: dict[str, tuple[Entry, Reading]] = {}
        self.wild = _Wildcards()

    def winners_or_add(self, pair: tuple[Entry, Reading]) -> tuple[tuple[Entry, Reading], ...]:
        """The earlier lines that leave this one nothing; where there are none, it counts from now on."""
        context = pair[0].context
        if self.everywhere:
            return (self.everywhere,)
        if context is None or universal(context, self.release):
            if not delayed(context):
                self.everywhere = pair
            return ()
        same = self.same.setdefault(_signature(context), pair)
        if same is not pair:
            return (same,)
        for link in context.chain():
            winners = self.cover(_host_patterns(link))
            if winners:
                return winners
        self.add_patterns(context, pair)
        return ()

    def add_patterns(self, context: Context, pair: tuple[Entry, Reading]) -> None:
        """Only a Host line that stands alone and takes nothing back covers all that its patterns fit."""
        patterns = _host_patterns(context)
        if context.outer is not None or any(pattern.startswith("!") for pattern in patterns):
            return
        for pattern in patterns:
            self.by_text.setdefault(pattern, pair)
            if "*" in pattern or "?" in pattern:
                self.wild.add(pattern, pair)

    def cover(self, patterns: Iterable[str]) -> tuple[tuple[Entry, Reading], ...]:
        """One earlier line for each positive pattern, or nothing where one is not covered."""
        found: dict[int, tuple[Entry, Reading]] = {}
        for pattern in patterns:
            if pattern.startswith("!"):
                continue
            winner = self.by_text.get(pattern) or self.wild.find(pattern)
            if winner is None:
                return ()
            found[id(winner)] = winner
        return tuple(found.values())


class _Wildcards:
    """Wildcard patterns by the literal text that they begin with, or else end with.

    Only those whose text fits are compared; ``work`` counts what is looked up and compared.
    """

    def __init__(self) -> None:
        self.heads: dict[int, _Bucket] = {}
        self.tails: dict[int, _Bucket] = {}
        self.work = 0

    def add(self, pattern: str, pair: tuple[Entry, Reading]) -> None:
        pieces = re.split(r"[*?]", pattern)
        ends, text = (self.heads, pieces[0]) if pieces[0] else (self.tails, pieces[-1])
        ends.setdefault(len(text), {}).setdefault(text, []).append((pattern, pair))

    def find(self, pattern: str) -> tuple[Entry, Reading] | None:
        """A line met before, whose wildcard pattern includes ``pattern``."""
        for length, bucket in self.heads.items():
            found = self.among(bucket.get(pattern[:length]), pattern)
            if found:
                return found
        for length, bucket in self.tails.items():
            found = self.among(bucket.get(pattern[len(pattern) - length :]), pattern)
            if found:
                return found
        return None

    def among(self, candidates: _Candidates | None, pattern: str) -> tuple[Entry, Reading] | None:
        self.work += 1
        for wild, pair in candidates or ():
            if self.work > WORK_LIMIT:
                return None
            self.work += 1
            if includes(wild, pattern):
                return pair
        return None


_Candidates = list[tuple[str, tuple[Entry, Reading]]]
_Bucket = dict[str, _Candidates]


def _host_patterns(link: Context) -> tuple[str, ...]:
    try:
        criteria = criteria_of(link)
    except BadCriteria:
        return ()
    return criteria[0].patterns if criteria and criteria[0].name == HOST_LINE else ()


def _signature(context: Context) -> object:
    """Equal for two blocks that apply in the same cases; unique where that can't be told."""
    parts: list[object] = []
    for link in context.chain():
        try:
            criteria = criteria_of(link)
        except BadCriteria:
            return id(context)
        stable = _STABLE if link.header.file.kind == "sshd_config" else _STABLE - {"user"}
        if all(criterion.name == HOST_LINE or criterion.name in stable for criterion in criteria):
            parts.append(criteria)
        else:
            parts.append(id(link))
    return tuple(parts)
