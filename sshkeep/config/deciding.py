"""Which lines decide an option, and for whom: the order in which OpenSSH lets them win.

Two trees in which an option has the same deciding lines treat every connection and host alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from sshkeep.config.matching import applies_at_start, delayed, universal
from sshkeep.config.model import Config, Context, Entry
from sshkeep.config.reading import Reading, readings
from sshkeep.config.setting import last_wins, leaks, overwrites
from sshkeep.openssh.values.given import Value

Conditions = tuple[bytes, ...]
"""The Host and Match lines that must all hold, the outermost first; empty for everyone."""


class Deciding(NamedTuple):
    """A line that decides for all whom its conditions fit, save those that a line before it decides for."""

    conditions: Conditions
    value: Value
    entry: Entry
    reading: Reading


RIVALS = {"proxyjump": "proxycommand", "proxycommand": "proxyjump"}
"""readconf.c parse_jump, oProxyCommand: of these, the first one that is set switches the other off."""


def deciding(meaning: str, config: Config) -> dict[str, list[Deciding]]:
    """The lines that may decide the option ``meaning`` (lower case), the strongest first.

    Where an option's parts are obtained one by one (RekeyLimit's size and time, Subsystem by name), by
    part; else all under "". With an option that another can switch off, that one's lines decide, too.
    Behind the first line that is for everyone nothing decides, so the list ends there, except where lines
    add up: those are in the order of reading.
    """
    key = ("deciding", meaning)
    if key not in config.memo:
        config.memo[key] = _deciding(meaning, config)
    return cast("dict[str, list[Deciding]]", config.memo[key])


def _deciding(meaning: str, config: Config) -> dict[str, list[Deciding]]:
    pairs = _by_strength(meaning, config)
    parts: dict[str, list[Deciding]] = {}
    known = known_conditions(config)
    for entry, reading in pairs:
        conditions = () if _always(entry, config) else conditions_of(entry.context, known)
        for part, value in _parts(told_apart(entry, reading.value, config)):
            parts.setdefault(part, []).append(Deciding(conditions, value, entry, reading))
    if pairs and adds_up(*pairs[0]):
        return parts
    return {part: list(_until_all(lines)) for part, lines in parts.items()}


def known_conditions(config: Config) -> dict[int, Conditions]:
    """What `conditions_of` has found for this config's blocks so far, by their ids."""
    return cast("dict[int, Conditions]", config.memo.setdefault("conditions", {}))


def for_all(lines: list[Deciding]) -> list[Deciding]:
    """Those of an option's deciding lines that are for everyone."""
    return [line for line in lines if not line.conditions]


def told_apart(entry: Entry, value: Value, config: Config) -> Value:
    """The value; with its keyword where lines of two options decide together."""
    meaning = entry.keyword.meaning if entry.keyword else ""
    return f"{meaning} {value}" if config.kind == "ssh_config" and meaning in RIVALS else value


def adds_up(entry: Entry, reading: Reading) -> bool:
    """Whether the option's lines add to one list."""
    return entry.keyword is not None and entry.keyword.adds and not isinstance(reading.value, Mapping)


def for_everyone(meaning: str, config: Config) -> list[tuple[Entry, Reading]]:
    """All lines of the option that are for everyone, whether they win or not, in the order of reading."""
    return [pair for pair in readings(meaning, config) if _always(pair[0], config)]


def _by_strength(meaning: str, config: Config) -> list[tuple[Entry, Reading]]:
    pairs = readings(meaning, config)
    rival = RIVALS.get(meaning, "") if config.kind == "ssh_config" else ""
    if rival and config.lines(rival):
        both = [*pairs, *readings(rival, config)]
        pairs = sorted(both, key=lambda pair: config.position(pair[0]))
    last = last_wins(config.kind, meaning, config.target.release)
    if config.kind == "ssh_config":
        if last:
            return pairs[::-1]
        # What waits for the second pass finds the first one's values set.
        return sorted(pairs, key=lambda pair: delayed(pair[0].context))
    start = [pair for pair in pairs if applies_at_start(pair[0].context, config.target.release)]
    match = [pair for pair in pairs if pair[0].context is not None and _in_match(pair[0], config)]
    if match and match[0][0].keyword and match[0][0].keyword.adds and _some_for_all(match, config):
        start = []
    taken = {id(entry) for entry, _ in match}
    start = [pair for pair in start if id(pair[0]) not in taken]
    return [*match[::-1], *start[::-1]] if last else [*_overwriting_first(match), *_overwriting_first(start)]


def _overwriting_first(pairs: list[tuple[Entry, Reading]]) -> list[tuple[Entry, Reading]]:
    """Lines that take effect though others came before: the last of them is the strongest."""
    strong = [pair for pair in pairs if pair[0].keyword and overwrites(pair[0].keyword.meaning, pair[1])]
    taken = {id(entry) for entry, _ in strong}
    return [*strong[::-1], *(pair for pair in pairs if id(pair[0]) not in taken)] if strong else pairs


def _some_for_all(pairs: list[tuple[Entry, Reading]], config: Config) -> bool:
    return any(universal(entry.context, config.target.release) for entry, _ in pairs)


def _in_match(entry: Entry, config: Config) -> bool:
    since = entry.keyword.in_match if entry.keyword else None
    return since is not None and since <= config.target.release


def _always(entry: Entry, config: Config) -> bool:
    release = config.target.release
    meaning = entry.keyword.meaning if entry.keyword else ""
    return universal(entry.context, release) or leaks(config.kind, meaning, release)


def conditions_of(context: Context | None, known: dict[int, Conditions]) -> Conditions:
    """The lines of a block and those around it; ``known`` keeps them by the block's id, once asked."""
    if context is None:
        return ()
    if id(context) not in known:
        own = () if context.always else (header_text(context),)
        known[id(context)] = (*conditions_of(context.outer, known), *own)
    return known[id(context)]


def header_text(context: Context) -> bytes:
    """A block's own line from keyword to last argument."""
    line = context.header.line
    return context.header.raw[line.start : line.end]


def _parts(value: Value) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Mapping):
        yield from value.items()
    else:
        yield "", value


def _until_all(lines: list[Deciding]) -> Iterator[Deciding]:
    for line in lines:
        yield line
        if not line.conditions:
            return
