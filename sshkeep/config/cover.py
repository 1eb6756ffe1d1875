"""Lines that can never take effect, because earlier ones always come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from sshkeep.config.covering import Covering
from sshkeep.config.deciding import RIVALS
from sshkeep.config.matching import applies_at_start, universal
from sshkeep.config.model import Config, Context, Entry
from sshkeep.config.reading import Reading, readings
from sshkeep.config.setting import last_wins, leaks
from sshkeep.openssh.releases import (
    JUMP_COMMENTS,
    PRINCIPALS_COMMAND_MIXED_UP,
    SET_ENV_IN_MATCH,
    Release,
)


class Shadowed(NamedTuple):
    """``entry`` never takes effect: each of ``winners`` comes first for some of its cases."""

    entry: Entry
    reading: Reading
    winners: tuple[tuple[Entry, Reading], ...]


Pair = tuple[Entry, Reading]
Winners = tuple[Pair, ...]


def shadowed(meaning: str, config: Config) -> list[Shadowed]:
    """All lines for a first-one-wins option that are surely without effect; none for others.

    Of an option whose parts are obtained one by one, those without effect in each of their parts.
    Sound, not complete: wildcard patterns are compared as texts, and blocks with conditions that
    may change during the walk count as covered only by what covers everything. Hosts times
    wildcards is bounded by `covering.WORK_LIMIT`; beyond it a note is added to ``config.notes``.
    """
    key = ("shadowed", meaning)
    if key not in config.memo:
        config.memo[key] = list(_shadowed(meaning, config)) if first_wins(meaning, config) else []
    return cast("list[Shadowed]", config.memo[key])


def all_shadowed(config: Config) -> list[Shadowed]:
    """The lines of all options that are surely without effect, in the order of reading."""
    if "all shadowed" not in config.memo:
        found = [line for name in sorted(_suspects(config)) for line in shadowed(name, config)]
        config.memo["all shadowed"] = sorted(found, key=lambda line: config.position(line.entry))
    return cast("list[Shadowed]", config.memo["all shadowed"])


def without_effect(config: Config) -> list[Shadowed]:
    """The lines of the files that are without effect wherever they are included, in the order of reading."""
    found = all_shadowed(config)
    if not found:
        return []
    dead = {id(line.entry) for line in found}
    suspects = {id(line.entry.directive) for line in found}
    alive = {id(e.directive) for e in config.entries if id(e.directive) in suspects and id(e) not in dead}
    return [line for line in found if id(line.entry.directive) not in alive]


def first_wins(meaning: str, config: Config) -> bool:
    """Whether an earlier line of this option, or of one of its parts, always keeps out a later one."""
    lines, release = config.lines(meaning), config.target.release
    row = lines[0].keyword if lines else None
    if row is None or row.type in ("globs", "ignored") or last_wins(config.kind, meaning, release):
        return False
    if meaning == "authorizedprincipalscommand":
        # parse_command of these releases made it hang on AuthorizedKeysCommand.
        first, last = PRINCIPALS_COMMAND_MIXED_UP
        return not first <= release <= last
    # RefuseConnection ends ssh wherever it applies; sshd's `UnusedConnectionTimeout none` overwrites.
    return meaning not in ("refuseconnection", "unusedconnectiontimeout")


def _suspects(config: Config) -> set[str]:
    """Options of which a line may be without effect: set twice in one block, or in blocks that meet."""
    found: set[str] = set()
    seen: set[tuple[int, str]] = set()
    wide, met = _wide_and_met(config)
    leaking = {name for name in config.names() if leaks(config.kind, name, config.target.release)}
    widely: set[str] = set()
    for entry in config.entries:
        if entry.keyword is None:
            continue
        meaning, place = entry.keyword.meaning, id(entry.context)
        if meaning in widely or (place, meaning) in seen or place in met:
            found.add(meaning)
        seen.add((place, meaning))
        if config.kind == "ssh_config" and (place in wide or meaning in leaking):
            widely.add(meaning)
        elif config.kind == "sshd_config" and place in wide and entry.context is not None:
            # `Match all` overrides what stands above it; what stands outside of blocks keeps out none within.
            found.add(meaning)
    return found | (config.names() & RIVALS.keys())


def _wide_and_met(config: Config) -> tuple[set[int], set[int]]:
    """The blocks (by id) for everyone, and those that an earlier block covers."""
    release = config.target.release
    wide = {id(None)}
    met: set[int] = set()
    blocks: Covering[Context] = Covering(config.kind, release)
    for context in config.headers:
        if universal(context, release):
            wide.add(id(context))
        if blocks.find(context):
            met.add(id(context))
        blocks.add(context, context)
    _note(blocks.gave_up, config)
    return wide, met


def _shadowed(meaning: str, config: Config) -> Iterator[Shadowed]:
    parts: dict[str, list[Pair]] = {}
    for pair in readings(meaning, config):
        for part in _parts(pair):
            parts.setdefault(part, []).append(pair)
    search = _in_sshd if config.kind == "sshd_config" else _in_ssh
    dead = {part: search(meaning, pairs, config) for part, pairs in parts.items()}
    for pair in readings(meaning, config):
        lost = [dead[part].get(id(pair[0]), ()) for part in _parts(pair)]
        if lost and all(lost):
            winners = {id(winner[0]): winner for some in lost for winner in some}
            yield Shadowed(*pair, tuple(winners.values()))


def _parts(pair: Pair) -> Iterable[str]:
    """The names of what a line sets; none where its option's lines just add up."""
    entry, reading = pair
    if isinstance(reading.value, Mapping):
        return reading.value
    return () if entry.keyword and entry.keyword.adds else ("",)


def _in_sshd(meaning: str, found: list[Pair], config: Config) -> dict[int, Winners]:
    release = config.target.release
    inner = {id(pair[0]) for pair in found if _in_match(pair[0], meaning, release)}
    override = next((p for p in found if id(p[0]) in inner and universal(p[0].context, release)), None)
    dead: dict[int, Winners] = {}
    at_start: Pair | None = None
    blocks: Covering[Pair] = Covering(config.kind, release)
    for pair in found:
        entry = pair[0]
        if id(entry) in inner:
            winners = blocks.find(entry.context)
            blocks.add(entry.context, pair)
        else:
            winner = at_start or override
            winners = (winner,) if winner else ()
        if winners:
            dead[id(entry)] = winners
        if at_start is None and applies_at_start(entry.context, release):
            at_start = pair
    _note(blocks.gave_up, config)
    return dead


def _in_match(entry: Entry, meaning: str, release: Release) -> bool:
    """Whether the line is one that sshd looks at for each connection; an alias may be one that it is not."""
    since = entry.keyword.in_match if entry.keyword else None
    if entry.context is None or since is None or since > release:
        return False
    return meaning != "setenv" or release >= SET_ENV_IN_MATCH


def _in_ssh(meaning: str, found: list[Pair], config: Config) -> dict[int, Winners]:
    release = config.target.release
    blocks: Covering[Pair] = Covering(config.kind, release)
    everywhere = leaks(config.kind, meaning, release)
    dead: dict[int, Winners] = {}
    for pair in _with_rivals(meaning, found, config):
        entry, reading = pair
        context = None if everywhere else entry.context
        rival = entry.keyword is not None and entry.keyword.meaning != meaning
        winners = () if rival else blocks.find(context)
        if winners and not _takes_none(meaning, reading, winners, config):
            dead[id(entry)] = winners
        elif not winners:
            blocks.add(context, pair)
    _note(blocks.gave_up, config)
    return dead


def _with_rivals(meaning: str, found: list[Pair], config: Config) -> list[Pair]:
    rival = RIVALS.get(meaning, "")
    if not rival or not config.lines(rival):
        return found
    # Whether a `ProxyJump none` keeps ProxyCommand out hangs on the release and the vendor.
    others = [pair for pair in readings(rival, config) if pair[1].value]
    return sorted([*found, *others], key=lambda pair: config.position(pair[0]))


def _takes_none(meaning: str, reading: Reading, winners: Winners, config: Config) -> bool:
    """readconf.c parse_jump: from 8.7 on ``ProxyJump none`` is taken behind a ProxyCommand, too."""
    same = all(entry.keyword and entry.keyword.meaning == meaning for entry, _ in winners)
    return (
        meaning == "proxyjump" and not same and not reading.value and config.target.release >= JUMP_COMMENTS
    )


def _note(note: str, config: Config) -> None:
    if note:
        text = f"{config.top}: {note}; further lines that never take effect may be missed"
        if text not in config.notes:
            config.notes.append(text)
