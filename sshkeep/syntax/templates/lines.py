"""What each line of a template is: as it stands, with a value that is not known, anything, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from sshkeep.named import NamedTuple
from sshkeep.syntax.templates.tags import Tag, find_tags

LineKind = Literal["literal", "value", "anything", "nothing"]
"""``literal``: rendered as it stands. ``value``: its keyword is, and what follows is not known. ``anything``:
any lines, or none. ``nothing``: a comment, a tag without text, or part of the line before.
"""
Branch = tuple[int, ...]
"""The branches and loops around a line, the outermost first; each branch of an ``if`` has its own number."""
UNBALANCED: Branch = (-1,)
"""Where tags are not balanced, so that it is not known what is in a branch."""

MOST_BRANCHES = 100
"""Branches within each other; with more, it is not known what is in a branch."""
_KEYWORD = re.compile(rb"[ \t]*[A-Za-z][A-Za-z0-9]*[ \t]*[ \t=]")


class TemplateLine(NamedTuple):
    """One line of a template."""

    kind: LineKind
    branch: Branch


class _Row(NamedTuple):
    """A line with all that its tags reach into: where it ends, and how many lines that is."""

    start: int
    end: int
    height: int
    tags: tuple[Tag, ...]


def template_lines(lines: Sequence[bytes], kinds: frozenset[bytes]) -> list[TemplateLine]:
    """What each of ``lines`` is, in a template whose tags begin with ``kinds``."""
    data = b"".join(lines)
    read: list[TemplateLine] = []
    branches = _Branches()
    continued: Branch | None = None
    for row in _rows(lines, find_tags(data, kinds)):
        kind, branch = _kind(data, row), branches.now
        for tag in row.tags:
            branches.step(tag)
        first = row.tags[0] if row.tags else None
        if first and first.joins_before and kind != "nothing" and read and read[-1].kind == "literal":
            read[-1] = read[-1]._replace(kind="value")
        within = continued is not None and kind != "anything"
        if kind in ("value", "anything") and _goes_on(row, branch, branches.now):
            continued = branch if continued is None else continued
        elif continued is not None and len(branches.now) <= len(continued):
            continued = None
        read.append(TemplateLine("nothing" if within else kind, branch))
        read += [TemplateLine("nothing", branch)] * (row.height - 1)
    return read if branches.balanced else [line._replace(branch=UNBALANCED) for line in read]


def _goes_on(row: _Row, before: Branch, after: Branch) -> bool:
    """Whether the next line belongs to this one: a branch begins on it, or its end is removed."""
    return len(after) > len(before) or row.tags[-1].joins_after


class _Branches:
    """The branches around a place, as tags are passed."""

    def __init__(self) -> None:
        self.now: Branch = ()
        self.count = 0
        self._sound = True

    @property
    def balanced(self) -> bool:
        return self._sound and not self.now

    def step(self, tag: Tag) -> None:
        if tag.role in ("else", "close"):
            self._sound = self._sound and bool(self.now)
            self.now = self.now[:-1]
        if len(self.now) == MOST_BRANCHES:
            self._sound = False
        elif tag.role in ("open", "else"):
            self.count += 1
            self.now = (*self.now, self.count)


def _rows(lines: Sequence[bytes], tags: Iterator[Tag]) -> Iterator[_Row]:
    tag = next(tags, None)
    at = number = 0
    while number < len(lines):
        end, height = at + len(lines[number]), 1
        own: list[Tag] = []
        while tag and tag.start < end:
            own.append(tag)
            while tag.end > end:
                end, height = end + len(lines[number + height]), height + 1
            tag = next(tags, None)
        yield _Row(at, end, height, tuple(own))
        at, number = end, number + height


def _kind(data: bytes, row: _Row) -> LineKind:
    if not row.tags:
        return "literal"
    before = data[row.start : row.tags[0].start]
    if before.lstrip().startswith(b"#"):
        return "nothing"
    if all(tag.role != "text" for tag in row.tags) and not any(part.strip() for part in _parts(data, row)):
        return "nothing"
    return "value" if _KEYWORD.match(before) else "anything"


def _parts(data: bytes, row: _Row) -> Iterator[bytes]:
    """What is outside of the tags."""
    at = row.start
    for tag in row.tags:
        yield data[at : tag.start]
        at = tag.end
    yield data[at : row.end]
