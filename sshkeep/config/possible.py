"""Which lines may give an option its value where another line applies; all that can, and perhaps more."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.matching import applies_at_start, delayed, universal
from sshkeep.config.model import Config, Entry
from sshkeep.config.reading import Reading, readings


class Possible(NamedTuple):
    """``lines`` may decide; ``unset`` is whether the default may hold, too."""

    lines: tuple[tuple[Entry, Reading], ...]
    unset: bool


def possible(meaning: str, entry: Entry, config: Config) -> Possible:
    """The lines of the option ``meaning`` that may decide for someone to whom ``entry`` applies."""
    find = _in_sshd if config.kind == "sshd_config" else _in_ssh
    return find(readings(meaning, config), entry, config)


def _in_sshd(found: list[tuple[Entry, Reading]], entry: Entry, config: Config) -> Possible:
    """What blocks set, the first one wins, over what holds at start."""
    release = config.target.release
    start = [pair for pair in found if applies_at_start(pair[0].context, release)][:1]
    deciding = []
    for pair in found:
        context, row = pair[0].context, pair[0].keyword
        if context is None or row is None or row.in_match is None or row.in_match > release:
            continue
        deciding.append(pair)
        if context is entry.context or universal(context, release):
            return Possible(tuple(deciding), False)
    return Possible((*deciding, *start), not start)


def _in_ssh(found: list[tuple[Entry, Reading]], entry: Entry, config: Config) -> Possible:
    """The first line that applies wins; what waits for the second pass comes after all others."""
    deciding = []
    for pair in found:
        context = pair[0].context
        deciding.append(pair)
        always = universal(context, config.target.release) or context is entry.context
        if always and not delayed(context):
            late = [other for other in found if delayed(other[0].context)]
            return Possible((*deciding, *late) if delayed(entry.context) else tuple(deciding), False)
    return Possible(tuple(deciding), True)
