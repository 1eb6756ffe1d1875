"""A Host or Match block at one place of the walk."""

from __future__ import annotations

from sshkeep.config.tree.file import Directive, directive_text


class Block:
    """A Host or Match block, and the blocks around the Include through which it was reached."""

    __slots__ = ("always", "at_start", "before", "criteria", "first_entry", "header", "index", "outer")

    def __init__(
        self, header: Directive, outer: Block | None, before: Block | None, index: int, first_entry: int
    ) -> None:
        self.header = header
        self.outer = outer
        self.before = before
        """The block that this one ends; None where it is the first."""
        self.index = index
        """Its place in `Config.headers`; -1 for a block that is in no config yet."""
        self.first_entry = first_entry
        """How many entries of the walk come before it."""
        self.criteria: object = None
        """What `sshkeep.config.blocks.criteria` made of the header, once asked."""
        self.always: bool | None = None
        """What `sshkeep.config.blocks.matching.universal` said of it, once asked."""
        self.at_start: bool | None = None
        """What `sshkeep.config.blocks.matching.applies_at_start` said of it, once asked."""

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
    return " ".join(directive_text(block.header).split())
