"""The lines of one option in the order in which they win, and the blocks under which each of them stands.

Every answer about the line in effect is a view of this order: `global_value`, `in_block`, `candidates`,
`shadowed`, the proof of a change, and the settings of one connection or host.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sshkeep.config.blocks.matching import (
    applies_at_start,
    first_pass_only,
    holds_for_all,
    never_fits_connection,
    second_pass_only,
    universal,
    wants_final_pass,
)
from sshkeep.config.parse_line import ParsedLine, accepted_lines
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.values.arguments import Value

Conditions = tuple[bytes, ...]
"""The Host and Match lines that must all hold, the outermost first; empty for everyone."""

STRONG, WEAK = 0, 1
"""Stages in which a program takes lines. What is taken in the first one stays.

sshd: its Match blocks for the connection, then what it started with. ssh: its first pass over the files,
then the second one, which a ``Match final`` requests.
"""


class Candidate(NamedTuple):
    """A line that decides the option where its conditions hold, unless a stronger line does.

    ``conditions`` are empty for everyone. Of one connection or host, only lines that apply are candidates;
    the line is not ``sure`` where it can't be known whether its block applies.
    """

    entry: Entry
    parsed: ParsedLine
    stage: int = STRONG
    conditions: Conditions = ()
    sure: bool = True

    @property
    def option(self) -> str:
        """The option that the line sets: where one option switches another off, lines of both decide."""
        return self.entry.option

    @property
    def value(self) -> Value:
        """What the line sets the option to."""
        return self.parsed.value


def strongest_first(
    lines: Iterable[Candidate], option: str, config: Config, *, reverse: bool = False
) -> list[Candidate]:
    """``lines`` in the order in which they win; ``reverse``: of one stage, the last one does."""
    last = reverse or precedence(option, config.kind).last_wins(config.target.release)
    if config.kind == "ssh_config":
        # In the second pass ssh reads all lines again, which only counts where a later line overwrites.
        return sorted(lines, key=_in_walk, reverse=last)
    overwriting = precedence(option, config.kind).overwriting

    def strength(line: Candidate) -> tuple[int, bool, int]:
        overwrites = bool(overwriting) and line.parsed.words[0].text.lower() == overwriting
        index = line.entry.index
        return line.stage, not overwrites, -index if last or overwrites else index

    return sorted(lines, key=strength)


def in_order_of_reading(lines: Iterable[Candidate]) -> list[Candidate]:
    """``lines`` in the order in which the program reads them."""
    return sorted(lines, key=_in_walk)


def _in_walk(line: Candidate) -> tuple[int, int]:
    return line.stage, line.entry.index


@cached_answer
def order(option: str, config: Config) -> list[Candidate]:
    """All lines that may decide ``option`` (lower case), the strongest first.

    With the lines of the option that switches it off. A line may be there twice: in sshd, a line in a block
    that applies when sshd starts is taken then, and again for the connection.
    """
    return _ordered(option, config, lambda entry: True)


@cached_answer
def order_for_everyone(option: str, config: Config) -> list[Candidate]:
    """The lines of `order` without conditions, without a look at those in blocks, which most lines are."""
    release, sshd = config.target.release, config.kind == "sshd_config"
    ignores_block = precedence(option, config.kind).ignores_block(release)

    def wanted(entry: Entry) -> bool:
        block = entry.block
        return ignores_block or universal(block, release) or (sshd and applies_at_start(block, release))

    return [line for line in _ordered(option, config, wanted) if not line.conditions]


def _ordered(option: str, config: Config, wanted: Callable[[Entry], bool]) -> list[Candidate]:
    """The candidates among the ``wanted`` lines, the strongest first."""
    found = list(_candidates(option, config, wanted))
    other = precedence(option, config.kind).switched_off_in(config.target.release)
    if other and config.lines(other.option):
        rivals = list(_candidates(other.option, config, wanted))
        found += rivals
        if config.kind == "sshd_config":
            found += (
                line._replace(stage=WEAK)
                for line in rivals
                if line.stage == STRONG and not line.conditions and taken_at_start(line.entry, config)
            )
        if other.overwrites:
            return in_order_of_reading(found)
    if config.kind == "sshd_config" and _replaced_for_everyone(found, option, config):
        found = [line for line in found if line.stage == STRONG]
    return strongest_first(found, option, config)


def _replaced_for_everyone(lines: Iterable[Candidate], option: str, config: Config) -> bool:
    """Whether a ``Match all`` drops the whole list, or all parts, of what stands outside of blocks."""
    first = next((line for line in lines if line.stage == STRONG and not line.conditions), None)
    if first is None:
        return False
    return adds_up(first.entry, first.parsed) or precedence(option, config.kind).block_replaces_parts


def _candidates(option: str, config: Config, wanted: Callable[[Entry], bool]) -> Iterator[Candidate]:
    find = _in_sshd if config.kind == "sshd_config" else _in_ssh
    for entry, parsed in accepted_lines(option, config):
        if wanted(entry):
            yield from find(entry, parsed, option, config)


def _in_sshd(entry: Entry, parsed: ParsedLine, option: str, config: Config) -> Iterator[Candidate]:
    release = config.target.release
    in_block = taken_from_block(entry, config)
    if in_block:
        yield Candidate(entry, parsed, STRONG, conditions_of(entry.block, config))
    if taken_at_start(entry, config) and not (in_block and universal(entry.block, release)):
        yield Candidate(entry, parsed, WEAK)


def taken_at_start(entry: Entry, config: Config) -> bool:
    """Whether sshd takes the line when it starts."""
    if not applies_at_start(entry.block, config.target.release):
        return False
    settled = precedence(entry.option, config.kind).settled_by_include and config.target.include_ends_start
    return not settled or entry.index < first_include_end(config)


@cached_answer
def first_include_end(config: Config) -> int:
    """The number of entries that are read when the first included file ends; of all where there is none."""
    ends = [visit.end_entry for visit in config.visits[:-1]]
    return min(ends, default=len(config.entries))


def taken_from_block(entry: Entry, config: Config) -> bool:
    """Whether sshd takes the line for a connection that its Match block fits."""
    row = entry.keyword
    if entry.block is None or row is None:
        return False
    rule = precedence(row.option, config.kind)
    if never_fits_connection(entry.block, config):
        return False
    # By an alias that is not for blocks (DSAAuthentication), the option is copied all the same.
    row = config.known.get(row.option, row)
    if row.in_match is None:
        copies = bool(rule.left_in_block) and config.target.release <= rule.copied_until
        return copies and _is_copied(entry, row.option, rule.left_in_block, config)
    return max(row.in_match, rule.block_counts_from) <= config.target.release


def _is_copied(entry: Entry, option: str, left: tuple[str, ...], config: Config) -> bool:
    """Whether the line is the first in blocks that apply at start, and has no word of ``left``."""
    for other, parsed in accepted_lines(option, config):
        if other.block is not None and applies_at_start(other.block, config.target.release):
            return other is entry and parsed.value not in left
    return False


def _in_ssh(entry: Entry, parsed: ParsedLine, option: str, config: Config) -> Iterator[Candidate]:
    release = config.target.release
    if precedence(option, config.kind).ignores_block(release):
        yield Candidate(entry, parsed)
        return
    waits = second_pass_only(entry.block)
    if waits and precedence(option, config.kind).only_first_pass:
        return
    conditions = conditions_of(entry.block, config)
    if precedence(option, config.kind).last_wins(release):
        # A later line overwrites in the last pass in which its block applies.
        only_first = wants_final_pass(config) and first_pass_only(entry.block)
        yield Candidate(entry, parsed, STRONG if only_first else WEAK, conditions)
        return
    if not waits:
        yield Candidate(entry, parsed, STRONG, conditions)
    if waits or (precedence(option, config.kind).minus_removes and wants_final_pass(config)):
        yield Candidate(entry, parsed, WEAK, conditions)


def conditions_of(block: Block | None, config: Config) -> Conditions:
    """The lines of a block and those around it, without those that hold for everyone."""
    if block is None:
        return ()
    if block.index < 0 or block.outer is None:
        return _conditions(block, config)
    known = config.answers.by(conditions_of)
    if block not in known:
        known[block] = _conditions(block, config)
    return known[block]


def _conditions(block: Block, config: Config) -> Conditions:
    own = () if holds_for_all(block) else (header_text(block),)
    return (*conditions_of(block.outer, config), *own) if block.outer else own


def header_text(block: Block) -> bytes:
    """A block's own line from keyword to last argument."""
    line = block.header.line
    return block.header.raw[line.start : line.end]


@cached_answer
def order_by_part(option: str, config: Config) -> dict[str, list[Candidate]]:
    """`order` for each part of an option whose parts are obtained one by one, such as RekeyLimit's size.

    All lines are under "" for other options. Each list ends at the first line for everyone, since no line
    behind it decides. It does not end there where lines add up, or where the line may be switched off.
    """
    parts: dict[str, list[Candidate]] = {}
    for line in order(option, config):
        for part in parts_of(line.value):
            parts.setdefault(part, []).append(line)
    if all_count(option, config) or any(line.option != option for line in order(option, config)):
        return parts
    return {part: list(_to_first_for_everyone(lines)) for part, lines in parts.items()}


def parts_of(value: Value) -> Iterable[str]:
    """The names of a value's parts; "" for a value that has none."""
    return value if isinstance(value, Mapping) else ("",)


def part_of(value: Value, part: str) -> Value:
    """The part of a value that is called ``part``."""
    return value[part] if isinstance(value, Mapping) else value


def effect_of(line: Candidate, part: str) -> tuple[object, ...]:
    """Where a line decides and to what. Trees with the same effects, in this order, treat all alike."""
    return line.stage, line.conditions, line.option, part_of(line.value, part)


def all_count(option: str, config: Config) -> bool:
    """Whether no line keeps the ones behind it from counting: lines that add up, and some by a bug."""
    lines = order(option, config)
    other = precedence(option, config.kind).switched_off_in(config.target.release)
    return bool(lines) and (adds_up(lines[0].entry, lines[0].parsed) or bool(other and other.overwrites))


def adds_up(entry: Entry, parsed: ParsedLine) -> bool:
    """Whether the option's lines add to one list."""
    return entry.keyword is not None and entry.keyword.adds and not isinstance(parsed.value, Mapping)


@cached_answer
def lines_for_everyone(option: str, config: Config) -> list[Candidate]:
    """The lines that are for everyone, and that may win beside any lines of blocks.

    Of many lines that set the same for everyone, the strongest stands for all.
    """
    found = [line for line in order(option, config) if not line.conditions]
    if all_count(option, config) or any(isinstance(line.value, Mapping) for line in found):
        return found
    # An empty value (`ProxyJump none`) does not always switch the other option off.
    first: dict[tuple[str, bool], Candidate] = {}
    for line in found:
        first.setdefault((line.option, bool(line.value)), line)
    return list(first.values())


def _to_first_for_everyone(lines: Iterable[Candidate]) -> Iterator[Candidate]:
    for line in lines:
        yield line
        if not line.conditions:
            return
