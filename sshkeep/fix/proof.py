"""Whether a change does what was intended, and nothing else: exact, and linear in the lines of both trees.

For every option that is not meant, each line must apply under the same conditions as before and say the
same. For those that are meant, the lines that decide are compared for each block and for everyone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sshkeep.config.cover import shadowed
from sshkeep.config.deciding import Conditions, Deciding, adds_up, deciding, for_all, header_text, told_apart
from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Entry
from sshkeep.config.setting import last_wins
from sshkeep.edit.block import blocks_like
from sshkeep.edit.edits import Edit, Moved
from sshkeep.edit.intents import Intent, Rename, SetForEveryone, SetInBlock
from sshkeep.edit.members import members_of
from sshkeep.edit.trial import header_of, trial
from sshkeep.fix.refusing import check_refusals, not_safe
from sshkeep.fix.standing import lines_without, name_of
from sshkeep.openssh.values.given import Value


class Proof(NamedTuple):
    """What was proven of a change, for telling it.

    ``others`` counts the lines that set other options. ``kept`` decide the meant options for blocks of their
    own, as before; ``woken`` begin to, since nothing for everyone comes before them any more.
    """

    others: int
    kept: tuple[Entry, ...]
    woken: tuple[Entry, ...]
    included: int | None = None
    """How many lines a new Include brings in, before all others."""


def prove(old: Config, new: Config, intents: Sequence[Intent], edits: Iterable[Edit]) -> Proof:
    """Raises SshkeepError where ``edits`` do not do just what ``intents`` say.

    They led from ``old`` to ``new``, for which the intents are meant.
    """
    touched = meant(intents, old)
    before, after = lines_without(touched, old), lines_without(touched, new)
    if before != after:
        raise not_safe(old, "it would change what other settings there are, or for whom")
    check_refusals(old, new)
    edited = _edited(intents, Moved(edits))
    found = [
        _check_option(name, [i for i in intents if name in _meanings(i, old)], old, new, edited)
        for name in sorted(touched)
    ]
    kept, woken = (tuple(entry for lines in some for entry in lines) for some in zip(*found, strict=True))
    return Proof(len(after), kept, woken)


def over_rounds(old: Config, new: Config, names: Collection[str]) -> Proof:
    """What the proofs of several rounds come to, which led from ``old`` to ``new`` and meant ``names``."""
    kept: list[Entry] = []
    for name in sorted(names):
        then, now = deciding(name, old), deciding(name, new)
        for part, lines in now.items():
            before = {(line.conditions, line.value) for line in then.get(part, []) if line.conditions}
            kept += [line.entry for line in lines if (line.conditions, line.value) in before]
    return Proof(len(lines_without(names, new)), tuple(kept), ())


def meant(intents: Iterable[Intent], config: Config) -> set[str]:
    """The options (lower case) that the intents are about."""
    return {name for intent in intents for name in _meanings(intent, config)}


def _meanings(intent: Intent, config: Config) -> tuple[str, ...]:
    if isinstance(intent, SetForEveryone | SetInBlock):
        return (config.known[intent.keyword.lower()].meaning,)
    name = name_of(intent.entry)
    return (name, config.known[intent.keyword.lower()].meaning) if isinstance(intent, Rename) else (name,)


Parts = Mapping[str, list[Deciding]]
"""What `deciding` says of one option."""

Places = tuple[Collection[tuple[str, int]], Collection[tuple[str, int]]]
"""Path and offset of lines that were meant one by one: before, and after."""


def _edited(intents: Iterable[Intent], moved: Moved) -> Places:
    before = {
        _start(intent.entry) for intent in intents if not isinstance(intent, SetForEveryone | SetInBlock)
    }
    return before, {(path, to) for path, start in before if (to := moved.to(path, start)) is not None}


def _start(entry: Entry) -> tuple[str, int]:
    source = entry.directive.file.source
    return source.path, source.start(entry.directive.number)


def _check_option(
    name: str, intents: Sequence[Intent], old: Config, new: Config, edited: Places
) -> tuple[list[Entry], list[Entry]]:
    """One option that is meant: the lines of other blocks that decide as before, and that begin to."""
    then, now = deciding(name, old), deciding(name, new)
    blocks = _meant_blocks(intents, old) | _meant_blocks(intents, new)
    unset = any(isinstance(intent, SetForEveryone) and not intent.values for intent in intents)
    kept: list[Entry] = []
    woken: list[Entry] = []
    for part in {**then, **now}:
        was = _others(then.get(part, []), name, old, edited[0], blocks)
        left = [(line.conditions, line.value) for line in was]
        for line in _others(now.get(part, []), name, new, edited[1], blocks):
            if left and left[0] == (line.conditions, line.value):
                left.pop(0)
                kept.append(line.entry)
            else:
                woken.append(line.entry)
        if left or (woken and not unset):
            raise not_safe(old, f"{_spelt(name, old)} would change for a block that decides otherwise")
    _check_meant(name, intents, then, now, old, new)
    return kept, woken


def _check_meant(
    name: str, intents: Sequence[Intent], then: Parts, now: Parts, old: Config, new: Config
) -> None:
    for intent in intents:
        if isinstance(intent, SetForEveryone):
            _check_everyone(intent, now, new)
        elif isinstance(intent, SetInBlock):
            _check_block(intent, now, new)
    if not any(isinstance(i, SetForEveryone) or _for_everyone(i, old) for i in intents):
        _check_same_for_everyone(name, then, now, old)


def _others(
    lines: list[Deciding],
    name: str,
    config: Config,
    edited: Collection[tuple[str, int]],
    meant: Collection[Conditions],
) -> list[Deciding]:
    """Lines of blocks that are not meant and that are surely not without effect."""
    dead = set() if _adds(lines) else _dead(name, config)
    return [
        line
        for line in lines
        if line.conditions
        and line.conditions not in meant
        and id(line.entry) not in dead
        and _start(line.entry) not in edited
    ]


def _dead(name: str, config: Config) -> set[int]:
    """The ids of lines that are surely without effect; where a later one may win, that is not asked."""
    if last_wins(config.kind, name, config.target.release) or name == "unusedconnectiontimeout":
        return set()
    return {id(line.entry) for line in shadowed(name, config)}


def _adds(lines: list[Deciding]) -> bool:
    return bool(lines) and adds_up(lines[0].entry, lines[0].reading)


def _meant_blocks(intents: Sequence[Intent], config: Config) -> set[Conditions]:
    """The conditions under which a line stands that is set in one block, as `deciding` tells them."""
    return {
        (header_text(block),)
        for intent in intents
        if isinstance(intent, SetInBlock)
        for block in blocks_like(header_of(intent.header, config), config)
    }


def _for_everyone(intent: Intent, config: Config) -> bool:
    if isinstance(intent, SetForEveryone | SetInBlock):
        return isinstance(intent, SetForEveryone)
    return universal(intent.entry.context, config.target.release)


def _check_same_for_everyone(name: str, then: Parts, now: Parts, old: Config) -> None:
    for part in {**then, **now}:
        was, now_is = ([line.value for line in for_all(lines.get(part, []))] for lines in (then, now))
        if was != now_is:
            raise not_safe(old, f"{_spelt(name, old)} would change for everyone")


def _check_everyone(intent: SetForEveryone, now: Parts, new: Config) -> None:
    is_now = {
        part: _value(for_all(lines))
        for part, lines in now.items()
        if for_all(lines) and (not intent.part or part == intent.part)
    }
    if is_now != _wanted(intent, new, ""):
        raise not_safe(new, _not_in_effect(intent))


def _check_block(intent: SetInBlock, now: Parts, new: Config) -> None:
    meant = _meant_blocks([intent], new)
    dead = _dead(new.known[intent.keyword.lower()].meaning, new)
    is_now = {}
    for part, lines in now.items():
        here = [line for line in lines if line.conditions in meant]
        alive = here if _adds(here) else [line for line in here if id(line.entry) not in dead][:1]
        if alive and (not intent.part or part == intent.part):
            is_now[part] = _value(alive)
    if is_now != _wanted(intent, new, intent.header):
        raise not_safe(new, _not_in_effect(intent))


def _value(lines: list[Deciding]) -> Value | tuple[Value, ...]:
    """What the lines say together."""
    if _adds(lines):
        return tuple(member for line in lines for member in members_of(line.reading))
    return lines[0].value


def _wanted(
    intent: SetForEveryone | SetInBlock, config: Config, header: str
) -> dict[str, Value | tuple[Value, ...]]:
    context = header_of(header, config) if header else None
    trials = [trial(intent.keyword, value, config, context) for value in intent.values]
    if trials and adds_up(*trials[0]):
        return {"": tuple(member for _, reading in trials for member in members_of(reading))}
    values: dict[str, Value | tuple[Value, ...]] = {}
    for entry, reading in trials:
        value = told_apart(entry, reading.value, config)
        values.update(value if isinstance(value, Mapping) else {"": value})
    return values


def _not_in_effect(intent: SetForEveryone | SetInBlock) -> str:
    said = " ".join((intent.keyword, *intent.values)) if intent.values else f"{intent.keyword}'s default"
    return f"{said} would not take effect"


def _spelt(name: str, config: Config) -> str:
    return config.known[name].name if name in config.known else name
