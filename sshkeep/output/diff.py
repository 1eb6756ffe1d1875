"""Unified diffs of changed files, in linear time for any size and number of changes.

What is printed is a patch for patch(1), as far as the changed lines can be printed as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from sshkeep.output.terminal import Terminal, escaped, safe
from sshkeep.syntax.encoding import byte_order_mark
from sshkeep.syntax.source import Source, decode, may_be_shown

CONTEXT = 3
"""Unchanged lines that are shown above and below a change."""
MAX_COMPARED_LINES = 32
"""Lines between two that surely belong together which are compared with each other, on either side."""


def diff_lines(
    path: str,
    before: bytes,
    after: bytes,
    terminal: Terminal,
    labels: tuple[str, str] = ("before", "fixed"),
) -> Iterator[str]:
    """A unified diff of one file, each line safe to print; a missing final newline is noted as by diff(1).

    Tabs and a CR at the end of a line stay, since patch(1) compares them.
    """
    texts = _texts(before, after)
    old, new = ([decode(line) for line in Source(path, text).lines] for text in texts)
    if old == new:
        return
    for mark, name, label in zip("-+", (path, path), labels, strict=True):
        # patch(1) takes the name up to the tab.
        yield terminal.paint(f"{mark * 3} {safe(name)}\t{label}", "bold")
    for hunk in _hunks(_changes(old, new), old):
        yield _head(hunk)
        for mark, line in _body(hunk, old, new):
            style = {"+": "green", "-": "red"}.get(mark)
            text, end = _printed(line)
            yield (terminal.paint(mark + text, style) if style else mark + text) + end
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def _texts(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    """The texts of a file that stays in UTF-16 behind its byte order mark, as Windows writes some."""
    marked = byte_order_mark(before)
    if marked.encoding and byte_order_mark(after) == marked:
        return marked.decode(before), marked.decode(after)
    return before, after


def _printed(line: str) -> tuple[str, str]:
    """A line as it is printed, without its newline; and the CR in front of that, if there is one."""
    text = line.rstrip("\n")
    end = "\r" if text.endswith("\r") and line.endswith("\n") else ""
    text = text.removesuffix(end)
    if text.isascii() and text.isprintable():
        return text, end
    return "".join([c if c == "\t" or may_be_shown(c) else escaped(c) for c in text]), end


def _is_exact(line: str) -> bool:
    """Whether a line is printed as it is."""
    text, end = _printed(line)
    return text + end == line.rstrip("\n")


class ChangedLines(NamedTuple):
    """The lines ``old`` to ``old_end`` (exclusive) became ``new`` to ``new_end``; numbers are from 0."""

    old: int
    old_end: int
    new: int
    new_end: int


Hunk = list[ChangedLines]
"""Changes that are shown together, since their context meets."""


def _hunks(changes: Iterator[ChangedLines], old: Sequence[str]) -> Iterator[Hunk]:
    """Changes with unchanged lines around them, which are blocks that are the same on both sides."""
    hunk: Hunk = []
    for change in changes:
        between = old[hunk[-1].old_end : change.old] if hunk else ()
        if hunk and (len(between) > 2 * CONTEXT or not all(map(_is_exact, between))):
            yield _framed(hunk, old)
            hunk = []
        hunk.append(change)
    yield _framed(hunk, old)


def _framed(hunk: Hunk, old: Sequence[str]) -> Hunk:
    """The changes, and in front and behind an empty one as far away as the context goes.

    It does not reach a line that can't be printed as it is. Then it is the same on both sides: less above
    than below means to patch(1) that the file begins there, and less below that it ends.
    """
    first, last = hunk[0], hunk[-1]
    before = old[max(first.old - CONTEXT, 0) : first.old]
    after = old[last.old_end : last.old_end + CONTEXT]
    above = len(list(takewhile(_is_exact, reversed(before))))
    below = len(list(takewhile(_is_exact, after)))
    if (above, below) != (len(before), len(after)):
        above = below = min(above, below)
    start = ChangedLines(first.old - above, first.old - above, first.new - above, first.new - above)
    end = ChangedLines(last.old_end + below, last.old_end + below, last.new_end + below, last.new_end + below)
    return [start, *hunk, end]


def _head(hunk: Hunk) -> str:
    first, last = hunk[0], hunk[-1]
    return f"@@ -{_range(first.old, last.old_end)} +{_range(first.new, last.new_end)} @@"


def _range(start: int, end: int) -> str:
    """As diff(1) counts: an empty range has the number of the line before it."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"


def _body(hunk: Hunk, old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    at = hunk[0].old
    for change in hunk:
        yield from ((" ", line) for line in old[at : change.old])
        yield from (("-", line) for line in old[change.old : change.old_end])
        yield from (("+", line) for line in new[change.new : change.new_end])
        at = change.old_end


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[ChangedLines]:
    """What is between lines that are the same: lines that are there once belong together."""
    at = ChangedLines(0, 0, 0, 0)
    for place, now in [*_anchors(old, new), (len(old), len(new))]:
        if place < at.old_end or now < at.new_end:
            continue  # an anchor before it reached over this one
        gap = _trimmed(ChangedLines(at.old_end, place, at.new_end, now), old, new)
        yield from _between(gap, old, new)
        at = ChangedLines(place, place + 1, now, now + 1)
        while at.old_end < len(old) and at.new_end < len(new) and old[at.old_end] == new[at.new_end]:
            at = at._replace(old_end=at.old_end + 1, new_end=at.new_end + 1)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of lines that are there once before and once after, as many as are in order."""
    once = {line for line, count in Counter(old).items() if count == 1}
    there = {line: place for place, line in enumerate(new) if line in once}
    once &= {line for line, count in Counter(line for line in new if line in once).items() if count == 1}
    return _in_order([(place, there[line]) for place, line in enumerate(old) if line in once])


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs of which the second numbers increase, too (patience sorting)."""
    from bisect import bisect_left

    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        pile = bisect_left(tops, second)
        tops[pile : pile + 1] = [second]
        piles[pile : pile + 1] = [number]
        before.append(piles[pile - 1] if pile else -1)
    found = []
    at = piles[-1] if piles else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _trimmed(gap: ChangedLines, old: Sequence[str], new: Sequence[str]) -> ChangedLines:
    """The gap without the lines at its ends that are the same."""
    start, end, first, last = gap
    while start < end and first < last and old[start] == new[first]:
        start, first = start + 1, first + 1
    while start < end and first < last and old[end - 1] == new[last - 1]:
        end, last = end - 1, last - 1
    return ChangedLines(start, end, first, last)


def _between(gap: ChangedLines, old: Sequence[str], new: Sequence[str]) -> Iterator[ChangedLines]:
    """The changes within a gap; a large one is one change."""
    if max(gap.old_end - gap.old, gap.new_end - gap.new) > MAX_COMPARED_LINES:
        yield gap
        return
    from difflib import SequenceMatcher

    lines = old[gap.old : gap.old_end], new[gap.new : gap.new_end]
    for tag, start, end, first, last in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        if tag != "equal":
            yield ChangedLines(gap.old + start, gap.old + end, gap.new + first, gap.new + last)
