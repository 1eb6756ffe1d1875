"""What an editor knows of a text: its positions. Written apart from the server's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Place = tuple[int, int]
"""A line, and a number of UTF-16 units."""


def positions_of(text: str) -> list[Place]:
    """Every position in a text, in order: no one is within a character or a line ending."""
    places, line, character = [], 0, 0
    for at, each in enumerate(text):
        if each == "\n" and text[at - 1 : at] == "\r":
            continue
        places.append((line, character))
        if each in "\r\n":
            line, character = line + 1, 0
        else:
            character += 1 + (each > "\uffff")
    return [*places, (line, character)]


def offset_in(text: str, place: Place) -> int:
    """The index of a position in the text."""
    number = positions_of(text).index(place)
    at = 0
    while number:
        at += 2 if text[at : at + 2] == "\r\n" else 1
        number -= 1
    return at


def edited(text: str, edits: Iterable[Mapping[str, Any]]) -> str:
    """The text after edits of the protocol, which don't overlap."""
    places = [
        (_offset(text, each["range"]["start"]), _offset(text, each["range"]["end"]), each["newText"])
        for each in edits
    ]
    for start, end, new in sorted(places, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _offset(text: str, place: Mapping[str, int]) -> int:
    return offset_in(text, (place["line"], place["character"]))
