"""What the real program should answer after a call: the answers to trees in which it was carried out by hand."""

from typing import NamedTuple

from sshkeep.config.tree.config import Config
from sshkeep.edit.set_in_block import blocks_with_criteria_of
from sshkeep.edit.trial_line import parse_header
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.types import FILES, HOME_PATH, HOST_KEY, PATH, WORD
from sshkeep.syntax.source import encode
from tests.oracle.generator.samples import BLANK
from tests.oracle.generator.vocabulary import values_of
from tests.oracle.sets import reference
from tests.oracle.sets.calls import Call
from tests.oracle.sets.reference import Bytes, Wanted, spelt


class Trees(NamedTuple):
    """``wished`` has the option as it shall be. For one block: as for those whom only it decides for,
    and ``others`` is the tree without the option in that block."""

    wished: Bytes
    alone: Bytes
    """The main file with the wish and nothing else."""
    others: Bytes | None = None
    probe: Bytes | None = None
    """For one block: a block with the same line ends the main file."""


def expected(call: Call, config: Config) -> Trees:
    """The trees to ask about. Raises `reference.Ambiguous`."""
    row = config.known[call.request.keyword.lower()]
    part = _part(call, row)
    lines = tuple(spelt(row, line, config) for line in call.lines)
    besides = encode(values_of(row, config.kind).besides)
    header = b"" if config.kind == "ssh_config" or call.for_everyone(config) else b"Match all"
    alone = {config.tops[0]: b"".join(line + b"\n" for line in (besides, header, *lines))}
    if call.for_everyone(config):
        whole = Wanted(row, _all_lines(lines, call, row, config), part)
        return Trees(reference.for_everyone(whole, config), alone)
    others = _without_block(Wanted(row, (), part), call, config)
    if call.request.mode == "unset":
        return Trees(others, alone)
    top = config.tops[0]
    block = b"".join(line + b"\n" for line in (b"", encode(call.request.header), *lines))
    probe = {**others, top: others[top] + block}
    return Trees(reference.above_all(Wanted(row, lines, part), config), alone, others, probe)


def _part(call: Call, row: Keyword) -> str:
    words = call.lines[0].split(" ") if call.lines else call.request.values
    return words[0] if row.type.parts_are_named and words else ""


def _without_block(wanted: Wanted, call: Call, config: Config) -> Bytes:
    blocks = blocks_with_criteria_of(parse_header(call.request.header, config), config)
    return reference.without(wanted, config, lambda entry: entry.block in blocks)


def _all_lines(lines: tuple[bytes, ...], call: Call, row: Keyword, config: Config) -> tuple[bytes, ...]:
    """For ``add`` and ``remove`` the whole list."""
    if call.request.mode == "add":
        there = reference.list_lines(row, config)
        return (*(entry.directive.raw.strip() for entry in there), *lines)
    if call.request.mode == "remove":
        gone = call.request.values or call.lines
        left = [text for text in reference.members_for_everyone(row, config) if text not in gone]
        return tuple(_line(text, row, config) for text in left)
    return lines


def _line(text: str, row: Keyword, config: Config) -> bytes:
    """A member's line; only options whose lines have one word each may have blanks in it."""
    one_word = row.type.is_list or row.type in (WORD, PATH, HOST_KEY, HOME_PATH, FILES)
    return spelt(row, text.replace(" ", BLANK) if one_word else text, config)
