"""What a rule or a user wants to change; `sshkeep.edit.resolve_intents` makes it edits."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.tree.entry import Entry


class SetGlobal(NamedTuple):
    """``keyword`` (as spelt) shall be ``values`` wherever no block decides otherwise.

    Each value is what one line has behind its keyword; several where each of the option's lines adds to
    it, none for the default. ``part`` is the one of its parts that is meant (Subsystem's name); ``into``
    the file of the tree for a line that must be new, empty for the top file. ``only`` lines of that
    file are changed.
    """

    keyword: str
    values: tuple[str, ...]
    part: str = ""
    into: str = ""
    only: bool = False


class SetInBlock(NamedTuple):
    """``keyword`` shall be ``values`` in the blocks whose Host or Match line says what ``header`` does."""

    keyword: str
    values: tuple[str, ...]
    header: str
    part: str = ""
    into: str = ""
    only: bool = False


class SetLine(NamedTuple):
    """This one line's arguments become ``value``."""

    entry: Entry
    value: str


class RenameKeyword(NamedTuple):
    """This one line's keyword becomes ``keyword``, and nothing else of it changes."""

    entry: Entry
    keyword: str


class DeleteLine(NamedTuple):
    """This one line goes, with its line ending."""

    entry: Entry


Intent = SetGlobal | SetInBlock | SetLine | RenameKeyword | DeleteLine
