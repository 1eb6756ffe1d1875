"""The edits that make a setting hold wherever no block decides otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.config.deciding import Deciding, adds_up, deciding, for_all, for_everyone
from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Entry
from sshkeep.config.setting import overwrites
from sshkeep.edit.edits import Edit
from sshkeep.edit.intents import SetForEveryone
from sshkeep.edit.line import deleted, path_of, with_arguments
from sshkeep.edit.members import Pair, list_edits, says
from sshkeep.edit.place import place_for_everyone
from sshkeep.edit.refused import in_their_place, refused_of, without_them
from sshkeep.edit.trial import row_of, trial
from sshkeep.errors import SshkeepError
from sshkeep.openssh.keyword import Keyword


def edits_for_everyone(intent: SetForEveryone, config: Config) -> list[Edit]:
    """The line that wins is changed where it stands; where none does, one is placed.

    What stands in the client's system file is left alone when there is a user's file before it.
    """
    row = row_of(intent.keyword, config)
    wanted = [trial(intent.keyword, value, config) for value in intent.values]
    every = [pair for pair in for_everyone(row.meaning, config) if _has(pair, intent.part)]
    own = [pair for pair in every if _may_change(pair[0], intent, config)]
    bad = _refused(row, intent, config)
    if not wanted:
        return [deleted(entry) for entry, _ in [*own, *bad]]
    if says(_winners(row.meaning, intent.part, config)) == says(wanted):
        return without_them(bad)
    _check_no_rival(row, intent, config)
    winners = [pair for pair in _winners(row.meaning, intent.part, config) if pair in own]
    if not winners and bad and config.kind == "sshd_config":
        return in_their_place(bad, intent.values)
    return [*without_them(bad), *_made(winners, wanted, every, row, intent, config)]


def _refused(row: Keyword, intent: SetForEveryone, config: Config) -> list[Pair]:
    if intent.part:
        return []
    release = config.target.release
    return refused_of(
        row.meaning,
        config,
        lambda entry: universal(entry.context, release) and _may_change(entry, intent, config),
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
    return _in_place(winners, every if row.type != "subsystem" else winners, intent.values[0])


def _winners(meaning: str, part: str, config: Config) -> list[Pair]:
    """The lines for everyone that are in effect, each once, in the order of reading."""
    parts = deciding(meaning, config)
    chosen: list[Deciding] = (
        parts.get(part, []) if part else [line for lines in parts.values() for line in lines]
    )
    found = {id(line.entry): (line.entry, line.reading) for line in for_all(chosen)}
    return sorted(found.values(), key=lambda pair: config.position(pair[0]))


def _check_no_rival(row: Keyword, intent: SetForEveryone, config: Config) -> None:
    for entry, _ in _winners(row.meaning, intent.part, config):
        if entry.keyword and entry.keyword.meaning != row.meaning:
            raise SshkeepError(
                f"{entry.directive.where} sets {entry.keyword.name}, which switches {row.name} off",
                f"take it away first: sshkeep set --unset {entry.keyword.name}",
            )


def _may_change(entry: Entry, intent: SetForEveryone, config: Config) -> bool:
    return not config.in_second_top(entry) and (not intent.only or path_of(entry) == intent.into)


def _has(pair: Pair, part: str) -> bool:
    return not part or (isinstance(pair[1].value, Mapping) and part in pair[1].value)


def _in_place(winners: list[Pair], every: list[Pair], value: str) -> list[Edit]:
    """The first winner gets the value.

    Other lines go where they would add parts to a value that has parts, or would win in its stead.
    """
    first = winners[0]
    edits = [with_arguments(*first, value)]
    overwrote = overwrites(first[0].keyword.meaning, first[1]) if first[0].keyword else False
    if isinstance(first[1].value, Mapping) or overwrote:
        edits += [deleted(entry) for entry, _ in every if entry is not first[0]]
    return edits
