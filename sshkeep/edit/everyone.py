"""The edits that make a setting hold wherever no block decides otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import global_setting
from sshkeep.config.precedence.obtained import REPEATED
from sshkeep.config.precedence.order import adds_up, order, order_by_part
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import Edit
from sshkeep.edit.intents import SetForEveryone
from sshkeep.edit.line import deleted, path_of, with_arguments
from sshkeep.edit.members import Pair, list_edits, value_of
from sshkeep.edit.place import place_for_everyone
from sshkeep.edit.refused import in_their_place, refused_of, without_them
from sshkeep.edit.trial import row_of, trial
from sshkeep.errors import SshkeepError
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword


def edits_for_everyone(intent: SetForEveryone, config: Config) -> list[Edit]:
    """The line that wins is changed where it stands; where none does, one is placed.

    What stands in the client's system file is left alone when there is a user's file before it.
    """
    row = row_of(intent.keyword, config)
    wanted = [trial(intent.keyword, value, config) for value in intent.values]
    every = [pair for pair in _for_everyone(row, config) if _has(pair, intent.part)]
    own = [pair for pair in every if _may_change(pair[0], intent, config)]
    bad = _refused(row, intent, config)
    if not wanted:
        return [deleted(entry) for entry, _ in [*own, *bad]]
    in_effect = _in_effect(row.option, intent.part, config)
    if in_effect and value_of(in_effect, row.option, config) == value_of(wanted, row.option, config):
        return without_them(bad)
    _check_not_switched_off(row, config)
    winners = [pair for pair in in_effect if pair in own]
    if not winners and bad and config.kind == "sshd_config":
        return in_their_place(bad, intent.values)
    return [*without_them(bad), *_made(winners, wanted, every, row, intent, config)]


def _for_everyone(row: Keyword, config: Config) -> list[Pair]:
    """All lines of the option that are for everyone, whether they win or not, in the order of reading."""
    release = config.target.release
    anywhere = precedence(row.option, config.kind).ignores_block(release)
    return [p for p in accepted_lines(row.option, config) if anywhere or universal(p[0].block, release)]


def _refused(row: Keyword, intent: SetForEveryone, config: Config) -> list[Pair]:
    if intent.part:
        return []
    release = config.target.release
    return refused_of(
        row.option,
        config,
        lambda entry: universal(entry.block, release) and _may_change(entry, intent, config),
    )


def _made(
    winners: list[Pair],
    wanted: list[Pair],
    every: list[Pair],
    row: Keyword,
    intent: SetForEveryone,
    config: Config,
) -> list[Edit]:
    if not winners:
        return [place_for_everyone(intent.keyword, intent.values, config, intent.into)]
    if adds_up(*wanted[0]):
        return list_edits(winners, wanted, row, config)
    return _in_place(winners, every if not row.type.parts_are_named else winners, intent.values[0], config)


def _in_effect(option: str, part: str, config: Config) -> list[Pair]:
    """The lines in effect for everyone, in the order of reading; of one part, the line that sets it."""
    if part:
        lines = [line for line in order_by_part(option, config).get(part, ()) if not line.conditions][:1]
        return [(line.entry, line.parsed) for line in lines]
    setting = global_setting(option, config)
    # A line that repeats a member of a list is to be edited with the others.
    repeated = [(lost.entry, lost.parsed) for lost in setting.lost if lost.why == REPEATED]
    pairs = [*((line.entry, line.parsed) for line in setting.won), *repeated]
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


def _may_change(entry: Entry, intent: SetForEveryone, config: Config) -> bool:
    return not config.in_second_top(entry) and (not intent.only or path_of(entry) == intent.into)


def _has(pair: Pair, part: str) -> bool:
    return not part or (isinstance(pair[1].value, Mapping) and part in pair[1].value)


def _in_place(winners: list[Pair], every: list[Pair], value: str, config: Config) -> list[Edit]:
    """The first winner gets the value.

    Other lines go where they would add parts to a value that has parts, or would win in its stead.
    """
    first, parsed = winners[0]
    edits = [with_arguments(first, parsed, value)]
    option = first.keyword.option if first.keyword else ""
    if isinstance(parsed.value, Mapping) or precedence(option, config.kind).overwriting:
        edits += [deleted(entry) for entry, _ in every if entry is not first]
    return edits
