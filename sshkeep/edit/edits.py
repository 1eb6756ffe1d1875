"""Changes to a file's bytes; everything outside them stays as it is."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """``text`` takes the place of the bytes ``start`` to ``end`` (exclusive) of ``path``."""

    path: str
    start: int
    end: int
    text: bytes


class Taken:
    """The places of edits chosen so far; two insertions at one point count as overlapping."""

    def __init__(self) -> None:
        self._places: dict[str, list[tuple[int, int]]] = {}

    def take(self, edits: Iterable[Edit]) -> bool:
        """Take the places of all ``edits``, if every one of them is free."""
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


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """``data`` with all ``edits`` made; they are of this file and don't overlap."""
    pieces = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [data[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*pieces, data[at:]])
