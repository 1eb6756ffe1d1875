"""What sshd uses for one connection: every setting, with the lines in effect and the others."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.blocks.clients import Connection, Truth
from sshkeep.config.blocks.matching import applies_to_connection
from sshkeep.config.parse_line import all_lines, parse_entry
from sshkeep.config.precedence.obtained import (
    NOT_MATCHED,
    SETS_NOTHING,
    Lost,
    Setting,
    SettingsByOption,
    obtain,
)
from sshkeep.config.precedence.order import STRONG, WEAK, Candidate, taken_at_start, taken_from_block
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry

AppliedLines = dict[str, list[Candidate]]
"""The lines that apply, by option."""


def effective_sshd(
    config: Config, connection: Connection, entries: Iterable[Entry] | None = None
) -> SettingsByOption:
    """The settings of ``sshd -T -C`` (parse_server_config, then parse_server_match_config).

    ``entries`` are the lines to read; None for all.
    """
    lines: AppliedLines = {}
    truths: dict[Block, Truth] = {}
    release = config.target.release
    for entry in config.entries if entries is None else entries:
        block, truth = entry.block, None
        if block is not None and taken_from_block(entry, config):
            if block not in truths:
                truths[block] = applies_to_connection(block, connection, release)
            truth = truths[block]
            if truth is not False:
                _gather(entry, STRONG, truth is True, lines, config)
        if truth is not True and taken_at_start(entry, config):
            _gather(entry, WEAK, True, lines, config)
    return settings_of(lines, config)


@cached_answer
def settings_at_start(config: Config) -> SettingsByOption:
    """The settings with which sshd starts, from lines outside blocks and in blocks that apply at start."""
    lines: AppliedLines = {}
    for entry in config.entries:
        if taken_at_start(entry, config):
            _gather(entry, WEAK, True, lines, config)
    return settings_of(lines, config)


def settings_of(lines: AppliedLines, config: Config) -> SettingsByOption:
    """The setting of each option, from the lines that apply."""
    return {option: obtain(option, lines, config) for option in lines}


def _gather(entry: Entry, stage: int, sure: bool, lines: AppliedLines, config: Config) -> None:
    row = entry.keyword
    if row is None or not row.type.sets_option:
        return
    parsed = parse_entry(entry, config)
    if not parsed.problem and parsed.value is not None:
        lines.setdefault(row.option, []).append(Candidate(entry, parsed, stage, sure=sure))


def lines_without_effect(option: str, setting: Setting | None, config: Config) -> list[Lost]:
    """The lines of an option that are not in effect, also those of blocks that do not apply, in order."""
    lost = list(setting.lost) if setting else []
    known = {each.entry.index for each in lost}
    if setting:
        known.update(line.entry.index for line in (*setting.won, *setting.maybe))
    for entry, parsed in all_lines(option, config):
        if entry.index not in known and not parsed.problem:
            # `ServerAliveInterval none` leaves the option unset.
            lost.append(Lost(entry, parsed, SETS_NOTHING if parsed.value is None else NOT_MATCHED))
    return sorted(lost, key=lambda each: each.entry.index)
