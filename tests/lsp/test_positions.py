"""Positions count UTF-16 units, whatever bytes a file has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from sshkeep.lsp.positions import Positions, bytes_of, text_of

TEXTS = st.text(st.sampled_from("aé日😀\t \r\n\x0b\x0c\x1c\u2028\ud800"), max_size=30)

PLACES = [
    # text, byte offset, line, character
    ("Port 22\n", 0, 0, 0),
    ("Port 22\n", 5, 0, 5),
    ("Port 22\n", 8, 1, 0),
    ("Port 22", 7, 0, 7),
    ("", 0, 0, 0),
    ("a\r\nb", 3, 1, 0),
    ("a\rb", 2, 1, 0),
    ("\tb", 1, 0, 1),
    ("日本 x", 7, 0, 3),
    ("😀 x", 5, 0, 3),
    ("a\x0bb\u2028c", 6, 0, 4),  # no line ends here
]


@pytest.mark.parametrize(("text", "offset", "line", "character"), PLACES)
def test_place(text: str, offset: int, line: int, character: int) -> None:
    positions = Positions(text.encode())
    assert positions.position(offset) == Position(line, character)
    assert positions.offset(Position(line, character)) == offset


@pytest.mark.parametrize(
    ("data", "offset", "character"),
    [(b"\xff\xfe x", 3, 3), (b"\xe6\x97 x", 3, 2), (b"\xe6\x97\xa5\xff x", 5, 3)],
)
def test_bytes_that_are_not_utf_8_are_shown_as_one_character(
    data: bytes, offset: int, character: int
) -> None:
    assert Positions(data).position(offset) == Position(0, character)


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        (Position(0, 1), 0),  # half of the emoji
        (Position(0, 99), 4),
        (Position(1, 0), 6),
        (Position(7, 3), 7),
    ],
)
def test_a_position_that_is_none_counts_as_the_nearest(position: Position, offset: int) -> None:
    assert Positions("😀\r\nx".encode()).offset(position) == offset


@given(TEXTS)
def test_each_character_has_its_own_position(text: str) -> None:
    data = bytes_of(text)
    positions = Positions(data)
    seen = set()
    for at in range(len(text) + 1):
        if text[at - 1 : at] == "\r" and text[at : at + 1] == "\n":
            continue  # no position is between the two
        offset = len(bytes_of(text[:at]))
        position = positions.position(offset)
        assert positions.offset(position) == offset
        seen.add((position.line, position.character))
        line = text[:at].replace("\r\n", "\n").replace("\r", "\n").rpartition("\n")[2]
        assert position.character == sum(1 + (each > "\uffff") for each in line)
    assert len(seen) == len(text) + 1 - text.count("\r\n")


@given(TEXTS)
def test_an_editors_text_comes_back(text: str) -> None:
    assert text_of(bytes_of(text)) == text
