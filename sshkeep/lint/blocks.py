"""What rules about blocks and Includes share."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.blocks.subsumption import SubsumptionIndex
from sshkeep.config.tree.block import Block, block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.lint.finding import Finding


def concern_of_line(entry: Entry) -> str:
    """The name under which findings about one line meet, whatever their span."""
    return f"line {entry.directive.where}"


def concern_of_include(block: Block) -> str:
    """The name under which findings about what is included within one block meet."""
    return f"included within {block.header.where}"


def at_header(block: Block, message: str) -> Finding:
    """A finding on a Host or Match line."""
    header = block.header
    keyword = header.line.name.capitalize()
    return Finding(message, header.file.source, header.whole, keyword, block_name(block))


def same_block(config: Config) -> Iterator[tuple[Block, Block]]:
    """Blocks that apply in the same cases as an earlier one of their file, which is the second of each pair.

    Blocks for everyone are left out: they end other blocks, and stand where they are needed.
    """
    first: dict[object, Block] = {}
    blocks: SubsumptionIndex[Block] = SubsumptionIndex(config.kind, config.target.release)
    for block in config.blocks:
        if block.outer is not None or universal(block, config.target.release):
            continue
        key = (block.header.file.source.path, blocks.signature(block))
        earlier = first.setdefault(key, block)
        if earlier is not block:
            yield block, earlier


def included_files(config: Config) -> Iterator[tuple[Entry, str, list[Entry]]]:
    """Each reading of an included file: the Include, the file's path, its lines that set something."""
    for visit in config.visits:
        if visit.first_entry == visit.end_entry or visit.first_entry == 0:
            continue
        entries = config.entries[visit.first_entry : visit.end_entry]
        file = entries[0].directive.file
        include = _include_before(visit.first_entry, config)
        if include is None or file.source.path in config.tops:
            continue
        lines = [entry for entry in entries if entry.directive.file is file and _sets(entry)]
        if lines:
            yield include, file.source.path, lines


def _sets(entry: Entry) -> bool:
    return entry.keyword is not None and entry.keyword.type.sets_option


def _include_before(place: int, config: Config) -> Entry | None:
    """The Include that led to the file whose first entry has this place: files read before it lie between."""
    starts = {
        visit.end_entry: visit.first_entry for visit in config.visits if visit.first_entry < visit.end_entry
    }
    while place > 0:
        before = config.entries[place - 1]
        if place in starts and starts[place] < place and not _is_include(before):
            place = starts[place]
        else:
            return before if _is_include(before) else None
    return None


def _is_include(entry: Entry) -> bool:
    return entry.keyword is not None and entry.keyword.type.is_include
