"""Prove that a change does what was intended, and nothing else. Linear in the lines of both trees.

Lines of other options must have the same conditions and arguments as before. For the intended options, the
lines that decide are compared for each block and for everyone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate

from sshkeep.config.blocks.matching import universal
from sshkeep.config.blocks.unsatisfiable import may_apply
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
from sshkeep.edit.intents import (
    CommentAbove,
    DeleteLine,
    Intent,
    MoveToEveryone,
    RenameKeyword,
    ReplaceLine,
    RewriteFile,
    SetGlobal,
    SetInBlock,
    SetInSession,
    SetLine,
)
from sshkeep.edit.list_edits import combined_value
from sshkeep.edit.move_to_everyone import parsed_outside_block
from sshkeep.edit.set_in_block import blocks_with_criteria_of
from sshkeep.edit.trial_line import parse_header, trial_line
from sshkeep.fix.proof.new_text import changes_blocks, options_of_text, prove_rewritten
from sshkeep.fix.proof.proof import Proof, becomes_accepted
from sshkeep.fix.proof.refusals import check_refusals, unsafe_change
from sshkeep.fix.proof.unchanged import lines_except, option_of
from sshkeep.openssh.kind import CLIENT_TITLES


def prove(old: Config, new: Config, intents: Sequence[Intent], edits: Iterable[Edit]) -> Proof:
    """Raises SshkeepError where ``edits``, which led from ``old`` to ``new``, do not do exactly what
    ``intents`` are for.
    """
    if old.kind in CLIENT_TITLES:
        from sshkeep.fix.proof.sessions import prove_sessions

        return Proof(prove_sessions(old, new, intents), (), ())
    if any(isinstance(intent, RewriteFile) for intent in intents):
        return prove_rewritten(old, new, intents, edits)
    touched = intended_options(intents, old)
    blocks = not any(isinstance(intent, ReplaceLine) and changes_blocks(intent, old) for intent in intents)
    before, after = (lines_except(touched, config, with_blocks=blocks) for config in (old, new))
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
    return Proof(len(after), kept, newly_effective, accepted=becomes_accepted(old, new))


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
    stood, others = lines_except(names, old), lines_except(names, new)
    return Proof(
        len(others),
        tuple(kept),
        (),
        accepted=becomes_accepted(old, new),
        blocks_changed=len(stood) == len(others) and stood != others,
    )


def intended_options(intents: Iterable[Intent], config: Config) -> set[str]:
    """The options (lower case) of the intents."""
    return {name for intent in intents for name in _options_of(intent, config)}


def _options_of(intent: Intent, config: Config) -> tuple[str, ...]:
    if isinstance(intent, SetGlobal | SetInBlock):
        return (config.known[intent.keyword.lower()].option,)
    if isinstance(intent, ReplaceLine | RewriteFile):
        return options_of_text(intent, config)
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
    before: set[tuple[str, int]] = set()
    after: set[tuple[str, int]] = set()
    for intent in intents:
        if isinstance(intent, SetGlobal | SetInBlock | SetInSession | RewriteFile):
            continue
        places = _places_of(intent)
        before.update(places)
        text = intent.text if isinstance(intent, ReplaceLine) else b""
        starts = (0, *accumulate(map(len, text.splitlines(keepends=True))))
        moves = [(path, moved.to(path, start)) for path, start in places]
        after.update((path, to + each) for path, to in moves if to is not None for each in starts)
    return before, after


def _places_of(
    intent: SetLine | RenameKeyword | DeleteLine | MoveToEveryone | ReplaceLine | CommentAbove,
) -> list[tuple[str, int]]:
    """The places of the lines that the intent names one by one."""
    if isinstance(intent, ReplaceLine):
        return [(intent.file.source.path, intent.file.source.start(intent.number))]
    if isinstance(intent, MoveToEveryone):
        return [_start(entry) for entry in intent.entries]
    return [_start(intent.entry)]


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
    if isinstance(intent, MoveToEveryone | ReplaceLine | RewriteFile):
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
