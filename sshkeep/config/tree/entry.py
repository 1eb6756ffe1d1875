"""A keyword line at its place in the order of reading."""

from __future__ import annotations

from sshkeep.config.tree.block import Block
from sshkeep.config.tree.file import Directive
from sshkeep.openssh.tables.option import Keyword


class Entry:
    """A directive at its place in the order of reading; ``block`` is None outside of any block."""

    __slots__ = ("block", "directive", "index", "keyword")

    def __init__(
        self, directive: Directive, block: Block | None, keyword: Keyword | None, index: int
    ) -> None:
        self.directive = directive
        self.block = block
        self.keyword = keyword
        """The option's row for this target; None where the target does not know the keyword."""
        self.index = index
        """Its index in `Config.entries`; their number for a line that is in no config yet."""

    @property
    def option(self) -> str:
        """The option that the line is about, in lower case; empty for an unknown keyword."""
        return self.keyword.option if self.keyword else ""
