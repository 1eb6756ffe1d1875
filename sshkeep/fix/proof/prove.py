"""Prove that a change does what was intended, and nothing else. Linear in the lines of both trees.

Lines of other options must have the same conditions and arguments as before. For the intended options, the
lines that decide are compared for each block and for everyone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence

from sshkeep.config.blocks.matching import universal
from sshkeep.config.blocks.unsatisfiable import may_apply
from sshkeep.config.effective.conflicts import is_refused
from sshkeep.config.precedence.global_value import by_option, global_setting
from sshkeep.config.precedence.obtained import Setting, obtain
from sshkeep.config.precedence.order import (
    Candidate,
    Conditions,
    effect_of,
    header_text,
    order,
    order_by_part,
    part_of,
)
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import Edit, LineMoves
from sshkeep.edit.intents import Intent, MoveToEveryone, RenameKeyword, SetGlobal, SetInBlock, SetInSession
from sshkeep.edit.list_edits import combined_value
from sshkeep.edit.move_to_everyone import parsed_outside_block
from sshkeep.edit.set_in_block import blocks_with_criteria_of
from sshkeep.edit.trial_line import parse_header, trial_line
from sshkeep.fix.proof.refusals import check_refusals, unsafe_change
from sshkeep.fix.proof.unchanged import lines_except, option_of
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import CLIENT_TITLES


class Proof(NamedTuple):
    """What is proven of a change, for reports.

    ``others`` counts the lines of other options. Lines ``kept`` decide an intended option in their own blocks
    as before. Lines ``newly_effective`` did not before, since a line for everyone came first.
    """

    others: int
    kept: tuple[Entry, ...]
    newly_effective: tuple[Entry, ...]
    included: int | None = None
    """The number of lines that a new Include adds before all others."""
    accepted: bool = False
    """Whether the target refused the config before and accepts it now, so that every line takes effect."""


def prove(old: Config, new: Config, intents: Sequence[Intent], edits: Iterable[Edit]) -> Proof:
    """Raises SshkeepError where ``edits``, which led from ``old`` to ``new``, do not do exactly what
    ``intents`` are for.
    """
    if old.kind in CLIENT_TITLES:
        from sshkeep.fix.proof.sessions import prove_sessions

        return Proof(prove_sessions(old, new, intents), (), ())
    touched = intended_options(intents, old)
    before, after = lines_except(touched, old), lines_except(touched, new)
    if before != after:
        raise unsafe_change(old, "it would change what other settings there are, or for whom")
    check_refusals(old, new)
    edited = _edited(intents, LineMoves(edits))
    found = [
        _check_option(name, [i for i in intents if name in _options_of(i, old)], old, new, edited)
        for name in sorted(touched)
    ]
    kept, newly_effective = (
        tuple(entry for lines in some for entry in lines if may_apply(entry.block, new))
        for some in zip(*found, strict=True)
    )
    return Proof(len(after), kept, newly_effective, accepted=_becomes_accepted(old, new))


def prove_rounds(old: Config, new: Config, names: Collection[str]) -> Proof:
    """The proof of several rounds together, from ``old`` to ``new``, for the options ``names``."""
    if old.kind in CLIENT_TITLES:
        from sshkeep.fix.proof.sessions import unchanged_settings

        return Proof(unchanged_settings(old, new), (), ())
    kept: list[Entry] = []
    for name in sorted(names):
        then, now, dead = order_by_part(name, old), order_by_part(name, new), _dead(name, new)
        for part, lines in now.items():
            before = {effect_of(line, part) for line in then.get(part, []) if line.conditions}
            kept += [
                line.entry
                for line in lines
                if line.entry.index not in dead
                and effect_of(line, part) in before
                and may_apply(line.entry.block, new)
            ]
    others = len(lines_except(names, new))
    return Proof(others, tuple(kept), (), accepted=_becomes_accepted(old, new))


def _becomes_accepted(old: Config, new: Config) -> bool:
    return is_refused(old) and not is_refused(new)


def intended_options(intents: Iterable[Intent], config: Config) -> set[str]:
    """The options (lower case) of the intents."""
    return {name for intent in intents for name in _options_of(intent, config)}


def _options_of(intent: Intent, config: Config) -> tuple[str, ...]:
    if isinstance(intent, SetGlobal | SetInBlock):
        return (config.known[intent.keyword.lower()].option,)
    if isinstance(intent, MoveToEveryone):
        return tuple(dict.fromkeys(map(option_of, intent.entries)))
    if isinstance(intent, SetInSession):
        return ()
    name = option_of(intent.entry)
    return (
        (name, config.known[intent.keyword.lower()].option) if isinstance(intent, RenameKeyword) else (name,)
    )


Places = tuple[Collection[tuple[str, int]], Collection[tuple[str, int]]]
"""Path and offset of the lines that intents name one by one: before, and after."""


def _edited(intents: Iterable[Intent], moved: LineMoves) -> Places:
    before = {_start(entry) for intent in intents for entry in _entries_of(intent)}
    return before, {(path, to) for path, start in before if (to := moved.to(path, start)) is not None}


def _entries_of(intent: Intent) -> tuple[Entry, ...]:
    """The lines that the intent names one by one."""
    if isinstance(intent, MoveToEveryone):
        return intent.entries
    return () if isinstance(intent, SetGlobal | SetInBlock | SetInSession) else (intent.entry,)


def _start(entry: Entry) -> tuple[str, int]:
    source = entry.directive.file.source
    return source.path, source.start(entry.directive.number)


def _check_option(
    name: str, intents: Sequence[Intent], old: Config, new: Config, edited: Places
) -> tuple[list[Entry], list[Entry]]:
    """Check one intended option; the lines of other blocks that decide as before, and newly."""
    then, now = order_by_part(name, old), order_by_part(name, new)
    blocks = _intended_blocks(intents, old) | _intended_blocks(intents, new)
    unset = any(isinstance(intent, SetGlobal) and not intent.values for intent in intents)
    kept: list[Entry] = []
    newly_effective: list[Entry] = []
    for part in {**then, **now}:
        before = _others(then.get(part, []), name, old, edited[0], blocks)
        left = deque(effect_of(line, part) for line in before)
        for line in _others(now.get(part, []), name, new, edited[1], blocks):
            if left and left[0] == effect_of(line, part):
                left.popleft()
                kept.append(line.entry)
            else:
                newly_effective.append(line.entry)
        if left or (newly_effective and not unset):
            raise unsafe_change(old, f"{_spelt(name, old)} would change for a block that decides otherwise")
    _check_intended(name, intents, old, new)
    return kept, newly_effective


def _check_intended(name: str, intents: Sequence[Intent], old: Config, new: Config) -> None:
    for intent in intents:
        if isinstance(intent, SetGlobal):
            _check_value(intent, global_setting(name, new), new, "")
        elif isinstance(intent, SetInBlock):
            _check_value(intent, _setting_in_block(name, intent, new), new, intent.header)
        elif isinstance(intent, MoveToEveryone):
            _check_moved(intent, name, new)
    may_change = any(_for_everyone(intent, old) for intent in intents)
    if not may_change and global_setting(name, old).value != global_setting(name, new).value:
        raise unsafe_change(old, f"{_spelt(name, old)} would change for everyone")


def _others(
    lines: list[Candidate],
    name: str,
    config: Config,
    edited: Collection[tuple[str, int]],
    intended: Collection[Conditions],
) -> list[Candidate]:
    """Lines of other blocks than the intended ones, without those that are surely without effect."""
    dead = _dead(name, config)
    return [
        line
        for line in lines
        if line.conditions
        and line.conditions not in intended
        and line.entry.index not in dead
        and _start(line.entry) not in edited
    ]


def _dead(name: str, config: Config) -> set[int]:
    """The indexes of lines that are surely without effect."""
    return {line.entry.index for line in shadowed(name, config)}


def _intended_blocks(intents: Sequence[Intent], config: Config) -> set[Conditions]:
    """The conditions of the blocks that the intents name, as in `order`."""
    return {
        (header_text(block),)
        for intent in intents
        if isinstance(intent, SetInBlock)
        for block in blocks_with_criteria_of(parse_header(intent.header, config), config)
    }


def _for_everyone(intent: Intent, config: Config) -> bool:
    if isinstance(intent, SetGlobal | SetInBlock):
        return isinstance(intent, SetGlobal)
    if isinstance(intent, MoveToEveryone):
        return True
    if isinstance(intent, SetInSession):
        return False
    return universal(intent.entry.block, config.target.release)


def _setting_in_block(name: str, intent: SetInBlock, config: Config) -> Setting:
    """The setting of the block's own lines, without those that never take effect."""
    blocks, dead = _intended_blocks([intent], config), _dead(name, config)
    lines = [
        line for line in order(name, config) if line.conditions in blocks and line.entry.index not in dead
    ]
    return obtain(name, by_option(lines), config)


def _check_value(intent: SetGlobal | SetInBlock, setting: Setting, config: Config, header: str) -> None:
    """Raises SshkeepError where the setting, or its part, is not what the intent wants."""
    block = parse_header(header, config) if header else None
    wanted = combined_value(
        [trial_line(intent.keyword, value, config, block) for value in intent.values], setting.option, config
    )
    # Not `setting.value`: ssh may read a list twice.
    is_now = combined_value([(line.entry, line.parsed) for line in setting.won], setting.option, config)
    if intent.part:
        part = intent.part
        is_now = part_of(is_now, part) if part in setting.parts else None
        wanted = part_of(wanted, part)
    if is_now != wanted:
        raise unsafe_change(config, _not_in_effect(intent))


def _check_moved(intent: MoveToEveryone, name: str, config: Config) -> None:
    """Raises SshkeepError where everyone does not get what the moved lines of the option ``name`` set."""
    wanted = combined_value(parsed_outside_block(intent, name, config), name, config)
    setting = global_setting(name, config)
    is_now = combined_value([(line.entry, line.parsed) for line in setting.won], name, config)
    if isinstance(wanted, Mapping):
        same = isinstance(is_now, Mapping) and all(is_now.get(part) == wanted[part] for part in wanted)
    elif isinstance(wanted, tuple) and setting.adds:
        same = isinstance(is_now, tuple) and set(wanted) <= set(is_now)
    else:
        same = wanted in (None, is_now)
    if not same:
        raise unsafe_change(config, f"{_spelt(name, config)} would not take effect for everyone")


def _not_in_effect(intent: SetGlobal | SetInBlock) -> str:
    setting = " ".join((intent.keyword, *intent.values)) if intent.values else f"{intent.keyword}'s default"
    return f"{setting} would not take effect"


def _spelt(name: str, config: Config) -> str:
    return config.known[name].name if name in config.known else name
