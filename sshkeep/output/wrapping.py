"""Text in lines that fit, counted in columns of a terminal."""

# ruff: noqa: RUF001 (Japanese punctuation)

from __future__ import annotations

import re
from collections.abc import Iterator

from sshkeep.output.terminal import cells

_TIME = re.compile(
    r"[0-9]+ (?:s|min|h|days?)(?: [0-9]+ (?:s|min|h))?\b|[0-9]+ (?:秒|分|時間|日)(?: [0-9]+ (?:秒|分|時間))?"
)
_WIDE = (("\u3000", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\uff00", "\uff60"))
"""First and last characters; an expression of them takes 1.6 ms to compile, at each start."""
_NOT_FIRST = "、。，．）」』】？！～ーっゃゅょッャュョ\0\1"
"""Characters that begin no line of Japanese text."""
_NOT_LAST = "（「『【～\0\1"


def wrapped(text: str, width: int, first: str, more: str, *, any_word: bool = False) -> list[str]:
    """``text`` in lines of ``width`` columns, which begin with ``first`` and ``more``.

    Lines are broken at blanks, and between the characters of a text without blanks, such as Japanese. Times
    are not broken, nor are long words, which may be pasted, unless with ``any_word``.
    """
    lines: list[str] = []
    line, used = first, cells(first)
    empty = True
    for blank, piece in _pieces(_TIME.sub(_kept_whole, text)):
        for part in _cut(piece, width - max(cells(first), cells(more))) if any_word else (piece,):
            gap = " " if blank and not empty else ""
            if not empty and used + len(gap) + cells(part) > width:
                lines.append(line)
                line, used, gap = more, cells(more), ""
            line, used, empty, blank = line + gap + part, used + len(gap) + cells(part), False, False
    if not empty:
        lines.append(line)
    return [line.replace("\0", " ").replace("\1", "") for line in lines]


def _kept_whole(time: re.Match[str]) -> str:
    """The time with marks for a blank and for no blank, at which no line is broken."""
    return time[0].replace(" ", "\0").replace("時間", "時\1間")


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Whether a blank stands before it, and a piece that is not broken."""
    for word in text.split():
        blank = True
        for piece in [word] if word.isascii() else _wide_pieces(word):
            yield blank, piece
            blank = False


def _wide_pieces(word: str) -> list[str]:
    """A word before and after each of its wide characters."""
    pieces = [""]
    for character in word:
        apart = _is_wide(character) or (pieces[-1] and _is_wide(pieces[-1][-1]))
        if pieces[-1] and apart and character not in _NOT_FIRST and pieces[-1][-1] not in _NOT_LAST:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _is_wide(character: str) -> bool:
    return any(first <= character <= last for first, last in _WIDE)


def _cut(piece: str, width: int) -> Iterator[str]:
    """A piece that is too long, in parts that fit."""
    part = ""
    for character in piece:
        if part and cells(part) + cells(character) > width:
            yield part
            part = ""
        part += character
    yield part


def name_lists(word: str, width: int) -> Iterator[str]:
    """A long list is broken after commas, so that names stay whole."""
    part = ""
    for name in word.split(",") if len(word) > width else (word,):
        if part and len(part) + len(name) + 2 > width:
            yield f"{part},"
            part = ""
        part = f"{part},{name}" if part else name
    yield part
