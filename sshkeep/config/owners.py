"""Whose a file or a line is: the admin's own, or another program's that may write it anew."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from sshkeep.config.owner_markers import MARKERS, TOOLS, UNKNOWN_TOOL, OwnerMarker, Sign, Work
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import File
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import decode

MAX_HEADER_LINES = 50
MAX_COMMENT = 300
"""Bytes of a comment that are looked at."""

_HASH = re.compile(rb"#.*")
"""From the first ``#`` of a line to its end: all comments, and little else."""


class Owner(NamedTuple):
    """The program that writes a file or, with ``first`` and ``last``, these lines of it (from 1)."""

    name: str
    work: Work = "generates"
    first: int = 0
    last: int = 0

    @property
    def sentence(self) -> str:
        """Who writes what, and what becomes of a change."""
        if self.first:
            return Phrase(
                "{program} writes lines {first} to {last}, and may overwrite them",
                program=self.name,
                first=self.first,
                last=self.last,
            )
        if self.work == "ships":
            return Phrase("{program} ships this file, and updates may replace it", program=self.name)
        return Phrase("{program} generates this file, and may overwrite it", program=self.name)


class OwnedBlock(NamedTuple):
    """Lines between two comments of a program: their bytes, with both comments."""

    start: int
    end: int
    owner: Owner


def owner_of_span(path: str, start: int, end: int, config: Config) -> Owner | None:
    """Who owns a part of a file; an insertion right above or below a block is outside of it."""
    owner = owner_of_file(path, config)
    if owner:
        return owner
    blocks = owned_blocks(path, config)
    # The last block that begins before the part ends, or where it begins.
    at = bisect_left(blocks, end if end > start else start, key=lambda block: block.start) - 1
    return blocks[at].owner if at >= 0 and start < blocks[at].end else None


def owner_of_line(entry: Entry, config: Config) -> Owner | None:
    """Who owns the line of an entry."""
    return owner_of_span(entry.directive.file.source.path, *entry.directive.whole, config)


@cached_answer
def owner_of_file(path: str, config: Config) -> Owner | None:
    """The program that writes the whole file; None for the admin's own, and for one that does not exist."""
    for name in dict.fromkeys((os.path.abspath(path), str(config.real_path(path)))):
        for marker in MARKERS:
            if marker.sign == "path" and _is_place(name, marker.pattern):
                return Owner(marker.owner, marker.work)
    file = config.files.get(path)
    if file is None:
        return None
    return _header_owner(file) or _package(path, config)


def _is_place(path: str, place: str) -> bool:
    return place in path if place.endswith("/") else path.endswith(place)


def _header_owner(file: File) -> Owner | None:
    """By the comments above the first setting; one that names a program counts more.

    Those of a template are about what is made from it.
    """
    if file.language:
        return None
    markers = [marker for _, marker in _possible(file, "header")]
    if not markers:
        return None
    last = file.directives[0].number if file.directives else len(file.source.lines)
    blocks = {line for block in _blocks(file) for line in (block.owner.first - 1, block.owner.last - 1)}
    unknown: Owner | None = None
    for number in range(min(last, MAX_HEADER_LINES)):
        comment = _comment(file.source.lines[number])
        if not comment or number in blocks:
            continue
        for marker in markers:
            found = re.search(marker.pattern, comment, re.IGNORECASE)
            if found:
                owner = Owner(_name(marker, found))
                if owner.name != UNKNOWN_TOOL:
                    return owner
                unknown = unknown or owner
    return unknown


def _package(path: str, config: Config) -> Owner | None:
    """The package that ships an included file; a main file is the admin's own in every distribution."""
    if config.facts is None or path in config.tops:
        return None
    name = config.facts.package_of(str(config.real_path(path)))
    return Owner(f"the package {name}", "ships") if name else None


@cached_answer
def owned_blocks(path: str, config: Config) -> tuple[OwnedBlock, ...]:
    """The blocks of the file in their order, of which none overlaps another: the outer one counts."""
    file = config.files.get(path)
    return _blocks(file) if file and not file.language else ()


def _blocks(file: File) -> tuple[OwnedBlock, ...]:
    markers = list(_possible(file, "block"))
    begun: dict[tuple[int, str], tuple[int, str]] = {}
    found: list[OwnedBlock] = []
    if not markers:
        return ()
    for number, raw in enumerate(file.source.lines):
        comment = _comment(raw)
        if not comment:
            continue
        for row, marker in markers:
            closed = re.search(marker.end, comment, re.IGNORECASE)
            if closed and (at := begun.pop((row, _key(closed["name"])), None)):
                source = file.source
                end = source.start(number) + len(raw)
                owner = Owner(at[1], "generates", at[0] + 1, number + 1)
                found.append(OwnedBlock(source.start(at[0]), end, owner))
                break
            opened = re.search(marker.pattern, comment, re.IGNORECASE)
            if opened:
                begun[row, _key(opened["name"])] = number, _block_name(marker, opened)
                break
    return tuple(_apart(found))


def _apart(blocks: Iterable[OwnedBlock]) -> Iterator[OwnedBlock]:
    end = 0
    for block in sorted(blocks, key=lambda block: (block.start, -block.end)):
        if block.end > end:
            yield block._replace(start=max(block.start, end))
            end = block.end


def _possible(file: File, sign: Sign) -> Iterator[tuple[int, OwnerMarker]]:
    """The rows of the table that may match in the file: most files have none of the words."""
    text = b"\n".join(_HASH.findall(file.source.data)).lower()
    for row, marker in enumerate(MARKERS):
        if marker.sign == sign and any(word in text for word in marker.words):
            yield row, marker


def _comment(raw: bytes) -> str:
    """The text of a comment without its ``#``; empty for other lines."""
    text = raw[:MAX_COMMENT].strip()
    return decode(text.strip(b"# \t")) if text.startswith(b"#") else ""


def _key(name: str) -> str:
    """What the two lines of a block have in common: Salt's first line alone says -DO-NOT-EDIT-."""
    text = re.sub(r"\(.*?\)|do[\s_-]not[\s_-]edit", " ", name.lower())
    return " ".join(re.findall(r"\w+", text))


def _name(marker: OwnerMarker, found: re.Match[str]) -> str:
    tool = found.groupdict().get("tool") or marker.owner
    return next((name for name in TOOLS if name.lower() == tool.lower()), tool)


def _block_name(marker: OwnerMarker, found: re.Match[str]) -> str:
    name = _name(marker, found)
    if name != UNKNOWN_TOOL or not marker.pattern.startswith("^>>>"):
        return name
    return re.sub(r"\s*\(.*?\)", "", found["name"]).strip() or name
