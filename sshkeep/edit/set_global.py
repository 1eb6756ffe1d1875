"""Set the global value of an option, which blocks may replace."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sshkeep.config.blocks.matching import second_pass_only, universal
from sshkeep.config.parse_line import ParsedEntry, accepted_lines
from sshkeep.config.precedence.global_value import global_setting
from sshkeep.config.precedence.obtained import REPEATED
from sshkeep.config.precedence.order import adds_up, order, order_by_part
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import Edit
from sshkeep.edit.insertion_point import READ_FIRST, insert_global
from sshkeep.edit.intents import SetGlobal
from sshkeep.edit.line_edits import (
    delete_line,
    delete_lines,
    path_of,
    refused_lines_of,
    replace_arguments,
    replace_lines,
)
from sshkeep.edit.list_edits import combined_value, list_edits
from sshkeep.edit.trial_line import settable_keyword, trial_line
from sshkeep.errors import SshkeepError
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword


def set_global(intent: SetGlobal, config: Config, kept: Collection[int] = ()) -> list[Edit]:
    """Edits that change the line in effect, or add a line where there is none.

    Lines of the client's system file are not changed when a user's file is read before it, nor are the lines
    with the indexes ``kept``.
    """
    row = settable_keyword(intent.keyword, config)
    wanted = [trial_line(intent.keyword, value, config) for value in intent.values]
    every = [pair for pair in _for_everyone(row, config) if _has(pair, intent.part)]
    own = [p for p in every if p[0].index not in kept and _may_change(p[0], intent, config)]
    bad = [pair for pair in _refused(row, intent, config) if pair[0].index not in kept]
    if not wanted:
        return delete_lines([*own, *bad])
    in_effect = _in_effect(row.option, intent.part, config)
    if in_effect and _same_value(in_effect, wanted, row.option, config):
        return delete_lines(bad)
    _check_not_switched_off(row, config)
    changeable = {entry.index for entry, _ in own}
    winners = [pair for pair in in_effect if pair[0].index in changeable]
    if not winners and bad and config.kind == "sshd_config":
        return replace_lines(bad, intent.values)
    return [*delete_lines(bad), *_made(winners, wanted, every, row, intent, config)]


def _same_value(lines: list[ParsedEntry], wanted: list[ParsedEntry], option: str, config: Config) -> bool:
    return combined_value(lines, option, config) == combined_value(wanted, option, config)


def _for_everyone(row: Keyword, config: Config) -> list[ParsedEntry]:
    """All lines of the option for everyone, in effect or not, in the order of reading."""
    release = config.target.release
    anywhere = precedence(row.option, config.kind).ignores_block(release)
    return [p for p in accepted_lines(row.option, config) if anywhere or universal(p[0].block, release)]


def _refused(row: Keyword, intent: SetGlobal, config: Config) -> list[ParsedEntry]:
    if intent.part:
        return []
    release = config.target.release
    return refused_lines_of(
        row.option,
        config,
        lambda entry: universal(entry.block, release) and _may_change(entry, intent, config),
    )


def _made(
    winners: list[ParsedEntry],
    wanted: list[ParsedEntry],
    every: list[ParsedEntry],
    row: Keyword,
    intent: SetGlobal,
    config: Config,
) -> list[Edit]:
    if not winners:
        return [insert_global(intent.keyword, intent.values, config, intent.into)]
    if adds_up(*wanted[0]):
        return list_edits(winners, wanted, row)
    return _in_place(winners, every if not row.type.parts_are_named else winners, intent.values[0], config)


def _in_effect(option: str, part: str, config: Config) -> list[ParsedEntry]:
    """The lines in effect for everyone, in the order of reading; for one part, the line that sets it."""
    if part:
        lines = [line for line in order_by_part(option, config).get(part, ()) if not line.conditions][:1]
        return [(line.entry, line.parsed) for line in lines]
    setting = global_setting(option, config)
    # A line that repeats a member of a list must be edited with the others.
    repeated = [(lost.entry, lost.parsed) for lost in setting.lost if lost.why == REPEATED]
    pairs = [*((line.entry, line.parsed) for line in setting.won), *repeated]
    if option in READ_FIRST:
        # In the second pass it is too late for the lines that ssh has read in the first one.
        pairs = [pair for pair in pairs if not second_pass_only(pair[0].block)]
    return sorted(pairs, key=lambda pair: pair[0].index) if repeated else pairs


def _check_not_switched_off(row: Keyword, config: Config) -> None:
    strongest = next((line for line in order(row.option, config) if not line.conditions), None)
    if strongest and strongest.option != row.option:
        keyword = strongest.entry.keyword
        assert keyword
        raise SshkeepError(
            f"{row.name} would not take effect: {strongest.entry.directive.where} sets {keyword.name}, which "
            "comes first and switches it off",
            f"take it away first: sshkeep set --unset {keyword.name}",
        )


def _may_change(entry: Entry, intent: SetGlobal, config: Config) -> bool:
    return not config.in_second_top(entry) and (not intent.only or path_of(entry) == intent.into)


def _has(pair: ParsedEntry, part: str) -> bool:
    return not part or (isinstance(pair[1].value, Mapping) and part in pair[1].value)


def _in_place(winners: list[ParsedEntry], every: list[ParsedEntry], value: str, config: Config) -> list[Edit]:
    """Give the value to the first winner.

    Delete other lines where they add parts to the value, or would win instead.
    """
    first, parsed = winners[0]
    edits = [replace_arguments(first, parsed, value)]
    if isinstance(parsed.value, Mapping) or precedence(first.option, config.kind).overwriting:
        edits += [delete_line(entry) for entry, _ in every if entry is not first]
    return edits
