"""Set an option in one block, which is added where it does not exist."""

from __future__ import annotations

from collections.abc import Collection

from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.parse_line import ParsedEntry, accepted_lines
from sshkeep.config.precedence.order import STRONG, Candidate, adds_up, order, strongest_first
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive, File
from sshkeep.edit.edits import Edit
from sshkeep.edit.insertion_point import (
    append_block,
    block_lines,
    end_of_block,
    first_comment_above,
    insert_at_line,
    insert_in_range,
)
from sshkeep.edit.intents import SetInBlock
from sshkeep.edit.line_edits import (
    delete_line,
    delete_lines,
    refused_lines_of,
    replace_arguments,
    replace_lines,
)
from sshkeep.edit.list_edits import combined_value, list_edits
from sshkeep.edit.style import BLOCK_INDENT
from sshkeep.edit.trial_line import parse_header, settable_keyword, trial_line
from sshkeep.errors import SshkeepError
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword


def set_in_block(intent: SetInBlock, config: Config, kept: Collection[int] = ()) -> list[Edit]:
    """Edits that change the block's line, or add one after its last line, or add the block.

    Lines with the indexes ``kept`` stay.
    """
    row = settable_keyword(intent.keyword, config)
    header = parse_header(intent.header, config)
    blocks = blocks_with_criteria_of(header, config)
    wanted = [trial_line(intent.keyword, value, config, header) for value in intent.values]
    if intent.only:
        blocks = [block for block in blocks if block.header.file.source.path == intent.into]
    own = set(blocks)
    every = [pair for pair in accepted_lines(row.option, config) if pair[0].block in own]
    lines = [pair for pair in every if pair[0].index not in kept]
    bad = refused_lines_of(row.option, config, lambda entry: entry.block in own and entry.index not in kept)
    if not wanted:
        return delete_lines([*lines, *bad])
    rival = _rival(row, config)
    alive = [pair for pair in lines if rival is None or pair[0].index < rival.index]
    if alive:
        return [*delete_lines(bad), *_changed(alive, wanted, row, intent.values[0], config)]
    if bad and rival is None:
        return replace_lines(bad, intent.values)
    # Lines of the block after the rival never take effect.
    dead = delete_lines([*lines, *bad])
    for block in blocks:
        if rival is None or block.first_entry <= rival.index:
            return [*dead, _into(block, intent)]
    return [*dead, _new_block(intent, rival, config)]


def blocks_with_criteria_of(header: Block, config: Config) -> list[Block]:
    """The blocks with the same criteria that are in no other block."""
    wanted = parse_criteria(header)
    return [block for block in config.blocks if block.outer is None and _criteria(block) == wanted]


def _criteria(block: Block) -> object:
    try:
        return parse_criteria(block)
    except BadCriteria:
        return None


def _changed(
    lines: list[ParsedEntry], wanted: list[ParsedEntry], row: Keyword, value: str, config: Config
) -> list[Edit]:
    if combined_value(lines, row.option, config) == combined_value(wanted, row.option, config):
        return []
    if adds_up(*wanted[0]):
        return list_edits(lines, wanted, row)
    strongest = strongest_first([Candidate(*pair) for pair in lines], row.option, config)[0]
    edits = [replace_arguments(strongest.entry, strongest.parsed, value)]
    if isinstance(strongest.value, dict):
        edits += [delete_line(entry) for entry, _ in lines if entry is not strongest.entry]
    return edits


def _rival(row: Keyword, config: Config) -> Entry | None:
    """The line for everyone that wins over a later block; lines outside blocks of sshd never do."""
    if row.adds or precedence(row.option, config.kind).last_wins(config.target.release):
        return None
    lines = (line for line in order(row.option, config) if not line.conditions and line.stage == STRONG)
    return next((line.entry for line in lines), None)


def _into(block: Block, intent: SetInBlock) -> Edit:
    file = block.header.file
    first = block.header.number + 1
    return insert_in_range(
        intent.keyword, intent.values, file, first, end_of_block(file, block.header), BLOCK_INDENT
    )


def _new_block(intent: SetInBlock, rival: Entry | None, config: Config) -> Edit:
    """Add the block at the end of the top file, or above the block of the rival."""
    file = config.files[intent.into or config.tops[0]]
    if rival is None:
        return append_block(intent.header, intent.keyword, intent.values, file)
    lines = block_lines(intent.header, intent.keyword, intent.values, file)
    block = _outermost(rival)
    if block is not None and block.header.file is file:
        return insert_at_line(file, first_comment_above(file, block.header.number), [*lines, b""])
    if config.kind == "sshd_config":
        raise SshkeepError(
            f"{rival.directive.where} sets {intent.keyword} for everyone before any block could",
            "put that line into the main file first",
        )
    return _above_all(file, lines)


def _outermost(entry: Entry) -> Block | None:
    return entry.block.chain()[0] if entry.block else None


def _above_all(file: File, lines: list[bytes]) -> Edit:
    """Add the block before the first setting, which then needs a ``Host *`` to stay for every host."""
    first: Directive = file.directives[0]
    return insert_at_line(file, first_comment_above(file, first.number), [*lines, b"", b"Host *"])
