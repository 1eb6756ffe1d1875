"""Whether lines are unchanged: the same lines, in the same order and blocks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sshkeep.config.blocks.matching import second_pass_only, universal
from sshkeep.config.precedence.order import Conditions, header_text
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry

PlacedLine = tuple[str, Conditions, bytes]
"""Option, the blocks around the line, arguments."""


def lines_except(without: Collection[str], config: Config, *, with_blocks: bool = True) -> list[PlacedLine]:
    """Every line except those of the options ``without``, in order, with its blocks unless these change."""
    found = _of([entry for entry in config.entries if option_of(entry) not in without], config)
    return found if with_blocks else [(option, (), arguments) for option, _, arguments in found]


def _of(entries: Sequence[Entry], config: Config) -> list[PlacedLine]:
    known: dict[int, Conditions] = {}
    return [(option_of(entry), _blocks(entry.block, config, known), _arguments(entry)) for entry in entries]


def same_lines(before: Sequence[Entry], after: Sequence[Entry], old: Config, new: Config) -> bool:
    """Whether these are the same lines in the same blocks and order."""
    return _of(before, old) == _of(after, new)


def _blocks(block: Block | None, config: Config, known: dict[int, Conditions]) -> Conditions:
    """The conditions of a block. In ssh, blocks for every host are left out: they change nothing."""
    if block is None:
        return ()
    if block.index not in known:
        every = universal(block, config.target.release) and not second_pass_only(block)
        own = () if every and config.kind == "ssh_config" else (header_text(block),)
        known[block.index] = (*_blocks(block.outer, config, known), *own)
    return known[block.index]


def _arguments(entry: Entry) -> bytes:
    line = entry.directive.line
    return entry.directive.raw[line.rest : line.end]


def option_of(entry: Entry) -> str:
    """The option that the line sets, in lower case; for an unknown keyword, the keyword."""
    return entry.keyword.option if entry.keyword else entry.directive.line.name.lower()
