"""Lines of the option that is set which the target refuses: they would keep the program from starting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sshkeep.config.parse_line import all_lines
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import Edit
from sshkeep.edit.line import deleted, with_arguments
from sshkeep.edit.members import Pair, behind


def refused_of(option: str, config: Config, meant: Callable[[Entry], bool]) -> list[Pair]:
    """Those of the lines that are ``meant``, save what only stands in the wrong place."""
    return [
        (entry, parsed)
        for entry, parsed in all_lines(option, config)
        if parsed.problem and parsed.reason != "not in match" and meant(entry)
    ]


def without_them(refused: Sequence[Pair]) -> list[Edit]:
    """They go."""
    return [deleted(entry) for entry, _ in refused]


def in_their_place(refused: Sequence[Pair], values: Sequence[str]) -> list[Edit]:
    """The first of them says the first of ``values``, the others stand behind it."""
    entry, parsed = refused[0]
    more = [behind(entry, list(values[1:]))] if values[1:] else []
    return [with_arguments(entry, parsed, values[0]), *more, *without_them(refused[1:])]
