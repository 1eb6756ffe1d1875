"""A Host or Match block at one place of the walk."""

from __future__ import annotations

from sshkeep.config.tree.file import Directive
from sshkeep.syntax.source import clean


class Block:
    """A Host or Match block, with the blocks around the Include through which its file is read."""

    __slots__ = ("always", "at_start", "before", "criteria", "first_entry", "header", "index", "outer")

    def __init__(
        self, header: Directive, outer: Block | None, before: Block | None, index: int, first_entry: int
    ) -> None:
        self.header = header
        self.outer = outer
        self.before = before
        """The block that ends where this one begins; None for the first block of a file."""
        self.index = index
        """Its place in `Config.blocks`; -1 for a block that is in no config yet."""
        self.first_entry = first_entry
        """The number of entries that are read before it."""
        self.criteria: object = None
        """The cached answer of `sshkeep.config.blocks.criteria.parse_criteria`."""
        self.always: bool | None = None
        """The cached answer of `sshkeep.config.blocks.matching.universal`."""
        self.at_start: bool | None = None
        """The cached answer of `sshkeep.config.blocks.matching.applies_at_start`."""

    def chain(self) -> list[Block]:
        """This block and those around it, the outermost first."""
        links = [self]
        while links[-1].outer is not None:
            links.append(links[-1].outer)
        return links[::-1]


def block_name(block: Block | None) -> str:
    """A block's own line, such as ``Host web``; empty outside any block."""
    if block is None:
        return ""
    return " ".join(clean(block.header.text).split())
