"""A keyword line at one place of the walk."""

from __future__ import annotations

from sshkeep.config.tree.block import Block
from sshkeep.config.tree.file import Directive
from sshkeep.openssh.tables.option import Keyword


class Entry:
    """A directive at one place of the walk; ``context`` is None where it stands outside any block."""

    __slots__ = ("context", "directive", "index", "keyword")

    def __init__(
        self, directive: Directive, context: Block | None, keyword: Keyword | None, index: int
    ) -> None:
        self.directive = directive
        self.context = context
        self.keyword = keyword
        """The target's row for it; None where the target does not know the spelling."""
        self.index = index
        """Its place in `Config.entries`; their number for a line that is in no config yet."""
