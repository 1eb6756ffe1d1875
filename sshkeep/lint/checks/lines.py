"""Lines of an option: those in effect, and those with a given spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Entry
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.reading import Reading, readings
from sshkeep.openssh.values.arguments import Value


def is_set_beside(entry: Entry, keyword: str, config: Config) -> bool:
    """Whether ``keyword`` is already set where this line would set it if it were spelled so."""
    release = config.target.release
    lines = readings(keyword.lower(), config)
    if any(other.context is entry.context for other, _ in lines):
        return True
    first = next((other for other, _ in lines if universal(other.context, release)), None)
    if first is None:
        return False
    return universal(entry.context, release) or first.index < entry.index


def entries_spelled(name: str, config: Config) -> list[Entry]:
    """Lines whose keyword is spelled ``name`` (in any case), known to the target or not."""
    row = config.known.get(name.lower())
    candidates = config.lines(row.option if row else name.lower())
    return [entry for entry in candidates if entry.directive.line.name.lower() == name.lower()]


def effective_entries(meaning: str, wanted: Callable[[Value], bool], config: Config) -> list[Entry]:
    """The lines with a ``wanted`` value that are in effect for some client or host."""
    found = [entry for entry, reading in readings(meaning, config) if wanted(reading.value)]
    dead = {line.entry.index for line in shadowed(meaning, config)} if found else set()
    return [entry for entry in found if entry.index not in dead]


def effective_lines_in_blocks(meaning: str, config: Config) -> Iterator[tuple[Entry, Reading]]:
    """Lines in blocks that are in effect for some client or host."""
    dead = {line.entry.index for line in shadowed(meaning, config)}
    for entry, reading in readings(meaning, config):
        if entry.index not in dead and not universal(entry.context, config.target.release):
            yield entry, reading
