"""What a rule or a user wants to change; `sshkeep.edit.resolve_intents` makes it edits."""

from __future__ import annotations

from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive, File
from sshkeep.named import NamedTuple
from sshkeep.syntax.source import Source


class SetGlobal(NamedTuple):
    """Set the global value of ``keyword`` (as spelt) to ``values``.

    A value is the arguments of one line. There are several for an option whose lines add up, and none for the
    default. ``part`` names the part to set (the name of a Subsystem). ``into`` is the file for a new line,
    empty for the top file; with ``only``, no other file is changed.
    """

    keyword: str
    values: tuple[str, ...]
    part: str = ""
    into: str = ""
    only: bool = False


class SetInBlock(NamedTuple):
    """Set ``keyword`` to ``values`` in the blocks with the same criteria as the line ``header``."""

    keyword: str
    values: tuple[str, ...]
    header: str
    part: str = ""
    into: str = ""
    only: bool = False


class SetLine(NamedTuple):
    """Replace the arguments of this line by ``value``."""

    entry: Entry
    value: str


class RenameKeyword(NamedTuple):
    """Replace the keyword of this line, and nothing else of it."""

    entry: Entry
    keyword: str


class DeleteLine(NamedTuple):
    """Delete this line."""

    entry: Entry


class ReplaceLine(NamedTuple):
    """Write ``text`` (without a line ending) for line ``number`` (from 0) of ``file``.

    It may be several lines; together they mean what was meant by the one.
    """

    file: File
    number: int
    text: bytes

    def directives(self) -> list[Directive]:
        """The new lines, as lines of a file of their own."""
        return File(Source(self.file.source.path, self.text), self.file.kind, self.file.target).directives


class RewriteFile(NamedTuple):
    """Write ``data`` for the whole content of ``file``: the same text in another encoding."""

    file: File
    data: bytes

    def directives(self) -> list[Directive]:
        """The lines that the target then reads."""
        return File(Source(self.file.source.path, self.data), self.file.kind, self.file.target).directives


class MoveToEveryone(NamedTuple):
    """Let the last lines of a block, with all of their options, count for everyone."""

    entries: tuple[Entry, ...]


class CommentAbove(NamedTuple):
    """Write a comment line above this line, indented as it is; ``text`` is without the mark."""

    entry: Entry
    text: str


class SetInSession(NamedTuple):
    """Set the number ``name`` in the session ``session`` of a client program's settings file."""

    session: str
    name: str
    value: int


Intent = (
    SetGlobal
    | SetInBlock
    | SetLine
    | RenameKeyword
    | DeleteLine
    | MoveToEveryone
    | ReplaceLine
    | RewriteFile
    | CommentAbove
    | SetInSession
)
