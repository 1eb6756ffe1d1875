"""Let the last lines of a block count for everyone."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.parse_line import ParsedEntry
from sshkeep.config.precedence.global_value import global_setting
from sshkeep.config.precedence.order import adds_up
from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit
from sshkeep.edit.insertion_point import (
    append_settings,
    end_of_block,
    first_comment_above,
    goes_to_new_block,
    insert_at_line,
    insert_global,
)
from sshkeep.edit.intents import MoveToEveryone, SetGlobal
from sshkeep.edit.line_edits import delete_line
from sshkeep.edit.set_global import set_global
from sshkeep.edit.trial_line import trial_line


def move_to_everyone(intent: MoveToEveryone, config: Config) -> list[Edit]:
    """Edits that end the block above the lines, or that move them all to where they count for everyone.

    Ending it needs one line, keeps a tool's comments with its lines, and what is appended later counts for
    everyone as well. It is right only at the end of a file, and where no line for everyone sets the same.
    """
    first = intent.entries[0]
    if _may_end_block(intent, config):
        file = first.directive.file
        number = first_comment_above(file, first.directive.number)
        return [insert_at_line(file, number, [b"Match all" if config.kind == "sshd_config" else b"Host *"])]
    deleted = [delete_line(entry) for entry in intent.entries]
    return [*deleted, *_set_for_everyone(intent, config)]


def parsed_outside_block(intent: MoveToEveryone, option: str, config: Config) -> list[ParsedEntry]:
    """The lines of one option as they are parsed outside of the block, without refused ones."""
    lines = [entry for entry in intent.entries if entry.option == option]
    found = []
    for number, entry in enumerate(lines):
        moved, parsed = trial_line(entry.directive.line.name, entry.directive.arguments, config)
        moved.index += number
        if not parsed.problem and parsed.value is not None:
            found.append((moved, parsed))
    return found


def _options(intent: MoveToEveryone) -> list[str]:
    return list(dict.fromkeys(entry.option for entry in intent.entries if entry.keyword))


def _may_end_block(intent: MoveToEveryone, config: Config) -> bool:
    last = intent.entries[-1]
    file, block = last.directive.file, last.block
    assert block is not None
    if end_of_block(file, block.header) < len(file.source.lines):
        return False
    if any(global_setting(option, config).won for option in _options(intent)):
        return False
    if config.kind == "sshd_config":
        return True
    in_top = file is config.files[config.tops[0]] or config.in_second_top(last)
    return in_top and all(
        goes_to_new_block(e.keyword.name, config, file, intent.entries) for e in intent.entries if e.keyword
    )


def _set_for_everyone(intent: MoveToEveryone, config: Config) -> list[Edit]:
    file = config.files[config.tops[0]]
    appended: list[tuple[str, str]] = []
    edits: list[Edit] = []
    for option in _options(intent):
        lines = parsed_outside_block(intent, option, config)
        if not lines:
            continue
        name = lines[0][0].directive.line.name
        values = _values(lines, option, config)
        if global_setting(option, config).won:
            edits += set_global(SetGlobal(name, values), config)
        elif goes_to_new_block(name, config, file, intent.entries):
            appended += [(name, value) for value in values]
        else:
            edits.append(insert_global(name, values, config, moved=intent.entries))
    return [*edits, append_settings("Host *", appended, file)] if appended else edits


def _values(lines: Sequence[ParsedEntry], option: str, config: Config) -> tuple[str, ...]:
    """The arguments of the lines to write: those of a list are added to what everyone has."""
    if not adds_up(*lines[0]):
        return (lines[0][0].directive.arguments,)
    there = [line.entry for line in global_setting(option, config).won]
    return tuple(
        dict.fromkeys(entry.directive.arguments for entry in [*there, *(entry for entry, _ in lines)])
    )
