"""The lines that may decide an option where another line applies."""

from __future__ import annotations

from sshkeep.config.blocks.matching import second_pass_only
from sshkeep.config.precedence.order import STRONG, Candidate, all_count, order_by_part
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple


class Candidates(NamedTuple):
    """A superset of the lines that may decide; ``unset`` is whether the default may hold for all of it."""

    lines: tuple[Candidate, ...]
    unset: bool


def candidates_beside(option: str, entry: Entry, config: Config) -> Candidates:
    """The lines of ``option`` (lower case) that may decide for someone to whom ``entry`` applies."""
    parts = [_of_part(option, lines, entry, config) for lines in order_by_part(option, config).values()]
    found = {line.entry.index: line for part in parts for line in part.lines if line.option == option}
    return Candidates(tuple(found.values()), all(part.unset for part in parts))


def _of_part(option: str, lines: list[Candidate], entry: Entry, config: Config) -> Candidates:
    sure = [
        at for at, line in enumerate(lines) if line.option == option and _surely_applies(line, entry, config)
    ]
    # A line that surely applies may be switched off.
    may_be_off = any(line.option != option for line in lines)
    end = len(lines) if may_be_off or all_count(option, config) or not sure else sure[0] + 1
    return Candidates(tuple(lines[:end]), not sure)


def _surely_applies(line: Candidate, entry: Entry, config: Config) -> bool:
    """Whether the line applies wherever ``entry`` does: a line that waits for ssh's second pass may not."""
    if line.conditions and line.entry.block is not entry.block:
        return False
    waits = config.kind == "ssh_config" and line.stage > STRONG
    return not waits or not second_pass_only(line.entry.block) or second_pass_only(entry.block)
