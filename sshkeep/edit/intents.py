"""What a rule or a user wants to change; `sshkeep.edit.resolve_intents` makes it edits."""

from __future__ import annotations

from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple


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
    | CommentAbove
    | SetInSession
)
