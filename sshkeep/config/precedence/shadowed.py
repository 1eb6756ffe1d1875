"""Lines that never take effect, because stronger ones win wherever they apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import ParsedLine
from sshkeep.config.precedence.order import Candidate, all_count, order, parts_of
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import JUMP_COMMENTS
from sshkeep.openssh.tables.keywords import precedence

if TYPE_CHECKING:
    from sshkeep.config.blocks.subsumption import SubsumptionIndex


class Shadowed(NamedTuple):
    """``entry`` never takes effect: each of ``winners`` is stronger for some of its cases."""

    entry: Entry
    parsed: ParsedLine
    winners: tuple[Candidate, ...]


Winners = tuple[Candidate, ...]


@cached_answer
def shadowed(option: str, config: Config) -> list[Shadowed]:
    """All lines of ``option`` (lower case) that are surely without effect, in the order of reading.

    Of an option whose parts are obtained one by one, those without effect in each of their parts; none where
    lines add up. Sound, not complete: wildcard patterns are compared as texts, and blocks with conditions
    that may change during the walk count as covered only by what covers everything. Hosts times wildcards is
    bounded by `subsumption.WORK_LIMIT`; beyond it a note is added to ``config.notes``.
    """
    if not _may_have_shadowed(option, config):
        return []
    other = precedence(option, config.kind).switched_off_in(config.target.release)
    if other and other.overwrites:
        return _kept_out(option, config)
    if all_count(option, config) or precedence(option, config.kind).ends_program:
        return []
    alive: set[int] = set()
    dead: dict[int, tuple[Candidate, Winners]] = {}
    for line, winners in _by_part(option, config):
        if line.option != option:
            continue
        if not winners:
            alive.add(line.entry.index)
        else:
            _, known = dead.get(line.entry.index, (line, ()))
            dead[line.entry.index] = (line, _both(known, winners))
    return [
        Shadowed(line.entry, line.parsed, winners)
        for index, (line, winners) in sorted(dead.items())
        if index not in alive
    ]


def _kept_out(option: str, config: Config) -> list[Shadowed]:
    """Where later lines overwrite: those behind a line of the other option that is for everyone."""
    rivals: dict[int, Candidate] = {}
    alive: set[int] = set()
    dead: dict[int, Shadowed] = {}
    for line in order(option, config):
        if line.option != option:
            if not line.conditions:
                rivals.setdefault(line.stage, line)
        elif line.stage in rivals:
            dead[line.entry.index] = Shadowed(line.entry, line.parsed, (rivals[line.stage],))
        else:
            alive.add(line.entry.index)
    return [line for index, line in sorted(dead.items()) if index not in alive]


def _both(known: Winners, more: Winners) -> Winners:
    """Each winner once: of most lines there is one, and of a million lines it is one and the same."""
    if not known or known == more:
        return more
    return tuple({winner.entry.index: winner for winner in (*known, *more)}.values())


def _by_part(option: str, config: Config) -> Iterator[tuple[Candidate, Winners]]:
    """Each line once for each of its parts, with the stronger lines that cover it there."""
    parts: dict[str, list[Candidate]] = {}
    for line in order(option, config):
        for part in parts_of(line.value):
            parts.setdefault(part, []).append(line)
    for lines in parts.values():
        yield from _covered(option, lines, config)


def _covered(option: str, lines: Iterable[Candidate], config: Config) -> Iterator[tuple[Candidate, Winners]]:
    from sshkeep.config.blocks.subsumption import SubsumptionIndex

    release = config.target.release
    stays = not precedence(option, config.kind).last_wins(release)
    blocks: SubsumptionIndex[Candidate] = SubsumptionIndex(config.kind, release, first_pass=stays)
    no_jump = False
    for line in lines:
        block = line.entry.block if line.conditions else None
        rival = line.option != option
        winners = () if rival else blocks.find(block)
        if winners and _stands_beside_any(line, config):
            winners = ()
        # Whether a `ProxyJump none` keeps ProxyCommand out depends on the release and the vendor.
        no_jump = no_jump or (rival and not line.value)
        if not winners and not (rival and no_jump):
            blocks.add(block, line)
        yield line, winners
    note_if_given_up(blocks, config)


def _stands_beside_any(line: Candidate, config: Config) -> bool:
    """readconf.c parse_jump: from 8.7 on ``ProxyJump none`` is taken where ProxyCommand keeps others out."""
    none = line.option == "proxyjump" and not line.value and config.target.release >= JUMP_COMMENTS
    return none and bool(config.lines("proxycommand"))


def note_if_given_up(blocks: SubsumptionIndex[Candidate] | SubsumptionIndex[Block], config: Config) -> None:
    """Note for the run that a comparison of patterns was stopped."""
    if blocks.gave_up:
        text = f"{config.top}: {blocks.gave_up}; further lines that never take effect may be missed"
        if text not in config.notes:
            config.notes.append(text)


@cached_answer
def all_shadowed(config: Config) -> list[Shadowed]:
    """The lines of all options that are surely without effect, in the order of reading."""
    found = [line for name in sorted(config.names()) for line in shadowed(name, config)]
    return sorted(found, key=lambda line: line.entry.index)


@cached_answer
def without_effect(config: Config) -> list[Shadowed]:
    """The lines of the files that are without effect wherever they are included, in the order of reading."""
    found = all_shadowed(config)
    if not found:
        return []
    dead = {line.entry.index for line in found}
    suspects = {line.entry.directive for line in found}
    alive = {e.directive for e in config.entries if e.directive in suspects and e.index not in dead}
    return [line for line in found if line.entry.directive not in alive]


def _may_have_shadowed(option: str, config: Config) -> bool:
    """Whether a line of the option may be without effect: most options of a large file need no order."""
    if not config.lines(option):
        return False
    return _needs_a_look(option, config) or _meets_itself(option, *_wide_and_met(config), config)


def _meets_itself(option: str, wide: set[Block | None], met: set[Block | None], config: Config) -> bool:
    """Whether the option is set twice in one block, or in blocks that meet."""
    places = [entry.block for entry in config.lines(option) if entry.keyword]
    distinct = set(places)
    if len(distinct) < len(places) or not met.isdisjoint(distinct):
        return True
    if config.kind == "sshd_config":
        # `Match all` overrides what stands above it; what stands outside of blocks wins over none within.
        return not distinct.isdisjoint(wide - {None})
    ignores_block = precedence(option, config.kind).ignores_block(config.target.release)
    return len(places) > 1 and (ignores_block or not wide.isdisjoint(places[:-1]))


def _needs_a_look(option: str, config: Config) -> bool:
    """A later line that overwrites may come from any block, and so may one that switches the option off."""
    release, row = config.target.release, precedence(option, config.kind)
    return row.last_wins(release) or row.switched_off_in(release) is not None


@cached_answer
def _wide_and_met(config: Config) -> tuple[set[Block | None], set[Block | None]]:
    """The blocks for everyone, and those that an earlier block covers."""
    wide: set[Block | None] = {None}
    met: set[Block | None] = set()
    if not config.blocks:
        return wide, met
    from sshkeep.config.blocks.subsumption import SubsumptionIndex

    release = config.target.release
    blocks: SubsumptionIndex[Block] = SubsumptionIndex(config.kind, release)
    for block in config.blocks:
        if universal(block, release):
            wide.add(block)
        if blocks.find(block):
            met.add(block)
        blocks.add(block, block)
    note_if_given_up(blocks, config)
    return wide, met
