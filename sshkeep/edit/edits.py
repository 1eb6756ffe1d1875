"""Changes to a file's bytes; everything outside them stays as it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from sshkeep.named import NamedTuple


class Edit(NamedTuple):
    """Replace the bytes ``start`` to ``end`` (exclusive) of ``path`` by ``text``."""

    path: str
    start: int
    end: int
    text: bytes


class TakenSpans:
    """The spans of the edits so far. Two insertions at one point count as overlapping."""

    def __init__(self) -> None:
        self._places: dict[str, list[tuple[int, int]]] = {}

    def take(self, edits: Iterable[Edit]) -> bool:
        """Take the spans of all ``edits`` if none overlaps; return whether it did."""
        edits = tuple(edits)
        if any(self._overlaps(edit) for edit in edits):
            return False
        for edit in edits:
            insort(self._places.setdefault(edit.path, []), (edit.start, edit.end))
        return True

    def _overlaps(self, edit: Edit) -> bool:
        places = self._places.get(edit.path, [])
        after = bisect_left(places, (edit.start, edit.start))
        follows = places[after : after + 1]
        precedes = places[after - 1 : after] if after else []
        return any(start < edit.end or start == edit.start for start, _ in follows) or any(
            end > edit.start for _, end in precedes
        )


class LineMoves:
    """The new places of lines after edits that don't overlap."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits: dict[str, list[Edit]] = {}
        self._by: dict[str, list[int]] = {}
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            self._edits.setdefault(edit.path, []).append(edit)
            by = self._by.setdefault(edit.path, [0])
            by.append(by[-1] + len(edit.text) - (edit.end - edit.start))

    def to(self, path: str, start: int) -> int | None:
        """The new offset of the line that began at ``start``, or None where it was deleted."""
        edits = self._edits.get(path, [])
        passed = bisect_right(edits, start, key=lambda edit: edit.end)
        if passed < len(edits) and edits[passed].start <= start and not edits[passed].text:
            return None
        return start + self._by.get(path, [0])[passed]

    def back(self, path: str, start: int) -> int:
        """The offset before the edits of the line that begins at ``start`` after them.

        Of a line that an edit has put in, where it was put.
        """
        edits, by = self._edits.get(path, []), self._by.get(path, [0])
        begun = bisect_right(range(len(edits)), start, key=lambda number: edits[number].start + by[number])
        if begun and start < edits[begun - 1].start + by[begun - 1] + len(edits[begun - 1].text):
            return edits[begun - 1].start
        return start - by[begun]


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """``data`` with all ``edits`` made; they are of this file and don't overlap."""
    pieces = []
    at = 0
    # An insertion before a deleted line comes first.
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [data[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*pieces, data[at:]])
