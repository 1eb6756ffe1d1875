"""Changes of bytes: which overlap, what they make of a file, and where its lines are afterwards."""

from __future__ import annotations

import pytest

from sshkeep.edit.edits import Edit, LineMoves, TakenSpans, apply_edits

Span = tuple[int, int]

# spans taken one after the other in one file, and whether the last one is free
TAKEN: tuple[tuple[list[Span], bool], ...] = (
    ([(0, 5)], True),
    ([(0, 5), (5, 9)], True),
    ([(5, 9), (0, 5)], True),
    ([(0, 5), (4, 9)], False),
    ([(4, 9), (0, 5)], False),
    ([(0, 9), (3, 5)], False),
    ([(3, 5), (0, 9)], False),
    ([(3, 5), (3, 5)], False),
    ([(3, 3), (3, 3)], False),
    ([(3, 3), (3, 5)], False),
    ([(3, 5), (3, 3)], False),
    ([(0, 3), (3, 3)], True),
    ([(3, 3), (0, 3)], True),
    ([(0, 5), (3, 3)], False),
    ([(3, 3), (0, 5)], False),
    ([(0, 2), (8, 9), (3, 5)], True),
    ([(0, 2), (8, 9), (3, 8)], True),
    ([(0, 2), (8, 9), (2, 9)], False),
    ([(0, 2), (8, 9), (1, 8)], False),
    ([(8, 9), (0, 2), (1, 3)], False),
    ([(8, 9), (0, 2), (7, 9)], False),
)


@pytest.mark.parametrize(("spans", "free"), TAKEN)
def test_spans_that_are_taken(spans: list[Span], free: bool) -> None:
    taken = TakenSpans()
    *before, last = (Edit("a", start, end, b"") for start, end in spans)
    assert all(taken.take([edit]) for edit in before)
    assert taken.take([last]) is free
    assert taken.take([last._replace(path="b")])


def test_all_spans_are_taken_or_none() -> None:
    taken = TakenSpans()
    assert taken.take([Edit("a", 0, 5, b"")])
    assert not taken.take(iter([Edit("a", 7, 9, b""), Edit("a", 3, 4, b"")]))
    assert taken.take([Edit("a", 7, 9, b""), Edit("a", 10, 11, b"")])
    assert not taken.take([Edit("a", 10, 11, b"")])


# Lines of four bytes begin at 0, 4, 8, 12.
MOVES: tuple[tuple[list[Edit], list[int | None]], ...] = (
    ([], [0, 4, 8, 12]),
    ([Edit("a", 4, 8, b"")], [0, None, 4, 8]),
    ([Edit("a", 4, 4, b"xy\n")], [0, 7, 11, 15]),
    ([Edit("a", 0, 0, b"xy\n")], [3, 7, 11, 15]),
    ([Edit("a", 5, 7, b"x")], [0, 4, 7, 11]),
    ([Edit("a", 4, 8, b"x\n")], [0, 4, 6, 10]),
    ([Edit("a", 0, 4, b""), Edit("a", 8, 12, b"")], [None, 0, None, 4]),
    ([Edit("a", 8, 12, b""), Edit("a", 0, 4, b"")], [None, 0, None, 4]),
    ([Edit("a", 8, 8, b"ab\n"), Edit("a", 5, 7, b"")], [0, 4, 9, 13]),
    ([Edit("b", 0, 4, b"")], [0, 4, 8, 12]),
)


@pytest.mark.parametrize(("edits", "places"), MOVES)
def test_where_lines_are_afterwards(edits: list[Edit], places: list[int | None]) -> None:
    moves = LineMoves(edits)
    assert [moves.to("a", start) for start in (0, 4, 8, 12)] == places


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([], b"abcdef"),
        ([Edit("a", 1, 3, b"X")], b"aXdef"),
        ([Edit("a", 4, 5, b""), Edit("a", 0, 1, b"XY")], b"XYbcdf"),
        ([Edit("a", 2, 4, b""), Edit("a", 2, 2, b"X")], b"abXef"),
        ([Edit("a", 6, 6, b"X")], b"abcdefX"),
    ],
)
def test_edits_are_made(edits: list[Edit], after: bytes) -> None:
    assert apply_edits(b"abcdef", edits) == after
