"""Which options differ between two configs, or between two versions of one file."""

from __future__ import annotations

from sshkeep.config.tree.config import Config
from sshkeep.syntax.words import split_line


def changed_options(old: Config, new: Config) -> set[str]:
    """The options whose lines differ, in lower case; in which block a line is does not matter."""
    return {name for name in old.names() | new.names() if _arguments(name, old) != _arguments(name, new)}


def _arguments(name: str, config: Config) -> list[bytes]:
    return [e.directive.raw[e.directive.line.rest : e.directive.line.end] for e in config.lines(name)]


def changed_keywords(before: bytes, after: bytes) -> set[str]:
    """The keywords, in lower case, of the lines that only one of the two versions has."""
    old, new = set(before.split(b"\n")), set(after.split(b"\n"))
    return {line.name.lower() for raw in old ^ new if (line := split_line(raw))}
