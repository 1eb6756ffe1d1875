"""Which options two readings of a config set in other ways."""

from __future__ import annotations

from sshkeep.config.model import Config


def changed_options(old: Config, new: Config) -> set[str]:
    """Lower-case names of the options whose lines differ; blocks are not looked at."""
    return {name for name in old.names() | new.names() if _arguments(name, old) != _arguments(name, new)}


def _arguments(name: str, config: Config) -> list[bytes]:
    return [e.directive.raw[e.directive.line.rest : e.directive.line.end] for e in config.lines(name)]
