"""Which options two readings of a config set in other ways, or two versions of one file."""

from __future__ import annotations

from sshkeep.config.model import Config
from sshkeep.syntax.words import split_line


def changed_options(old: Config, new: Config) -> set[str]:
    """Lower-case names of the options whose lines differ; blocks are not looked at."""
    return {name for name in old.names() | new.names() if _arguments(name, old) != _arguments(name, new)}


def _arguments(name: str, config: Config) -> list[bytes]:
    return [e.directive.raw[e.directive.line.rest : e.directive.line.end] for e in config.lines(name)]


def options_between(before: bytes, after: bytes) -> set[str]:
    """Lower-case names as they are spelt in the lines that only one of the two has."""
    old, new = set(before.split(b"\n")), set(after.split(b"\n"))
    return {line.name.lower() for raw in old ^ new if (line := split_line(raw))}
