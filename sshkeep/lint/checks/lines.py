"""Lines of an option: those in effect, and those with a given spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import ParsedLine, accepted_lines
from sshkeep.config.precedence.shadowed import Shadowed, shadowed
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.openssh.values.arguments import Value


def is_set_beside(entry: Entry, keyword: str, config: Config) -> bool:
    """Whether ``keyword`` is already set where this line would set it if it were spelled so."""
    release = config.target.release
    lines = accepted_lines(keyword.lower(), config)
    if any(other.block is entry.block for other, _ in lines):
        return True
    first = next((other for other, _ in lines if universal(other.block, release)), None)
    if first is None:
        return False
    return universal(entry.block, release) or first.index < entry.index


def overruled_on_purpose(line: Shadowed, config: Config) -> bool:
    """Whether it is no mistake of the line that others win.

    A user's own file is there to overrule the system's, and what another program writes can be overruled only
    from elsewhere.
    """
    winners = [winner.entry for winner in line.winners]
    if config.in_second_top(line.entry) and not any(map(config.in_second_top, winners)):
        return True
    from sshkeep.config.owners import owner_of_line

    return owner_of_line(line.entry, config) is not None and not any(
        owner_of_line(winner, config) for winner in winners
    )


def entries_spelled(name: str, config: Config) -> list[Entry]:
    """Lines whose keyword is spelled ``name`` (in any case), known to the target or not."""
    row = config.known.get(name.lower())
    candidates = config.lines(row.option if row else name.lower())
    return [entry for entry in candidates if entry.directive.line.name.lower() == name.lower()]


def effective_entries(option: str, wanted: Callable[[Value], bool], config: Config) -> list[Entry]:
    """The lines with a ``wanted`` value that are in effect for some client or host."""
    found = [entry for entry, parsed in accepted_lines(option, config) if wanted(parsed.value)]
    dead = {line.entry.index for line in shadowed(option, config)} if found else set()
    return [entry for entry in found if entry.index not in dead]


def effective_lines_in_blocks(option: str, config: Config) -> Iterator[tuple[Entry, ParsedLine]]:
    """Lines in blocks that are in effect for some client or host."""
    dead = {line.entry.index for line in shadowed(option, config)}
    for entry, parsed in accepted_lines(option, config):
        if entry.index not in dead and not universal(entry.block, config.target.release):
            yield entry, parsed
