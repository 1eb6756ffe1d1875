"""A keyword line at one place of the walk."""

from __future__ import annotations

from sshkeep.config.tree.block import Block
from sshkeep.config.tree.file import Directive
from sshkeep.openssh.tables.option import Keyword


class Entry:
    """A directive at one place of the walk; ``block`` is None where it stands outside any block."""

    __slots__ = ("block", "directive", "index", "keyword")

    def __init__(
        self, directive: Directive, block: Block | None, keyword: Keyword | None, index: int
    ) -> None:
        self.directive = directive
        self.block = block
        self.keyword = keyword
        """The target's row for it; None where the target does not know the spelling."""
        self.index = index
        """Its place in `Config.entries`; their number for a line that is in no config yet."""
