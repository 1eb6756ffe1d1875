"""Byte offsets of a file as positions of the protocol, and back.

A position is a line and a number of UTF-16 units. Lines end at ``\\n``, ``\\r\\n`` and ``\\r`` alone, while
OpenSSH ends them at ``\\n`` only.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from lsprotocol.types import Position, Range

from sshkeep.syntax.source import Span


def text_of(raw: bytes) -> str:
    """The text that an editor has for these bytes; what is not UTF-8 is U+FFFD there."""
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def bytes_of(text: str) -> bytes:
    """The bytes of an editor's text; half a surrogate pair, which JSON may carry, takes three."""
    return text.encode("utf-8", "surrogatepass")


def units(raw: bytes) -> int:
    """The number of UTF-16 units of the text."""
    return len(raw) if raw.isascii() else len(text_of(raw).encode("utf-16-le", "surrogatepass")) // 2


def bytes_before(line: bytes, character: int) -> int:
    """How many bytes of the line stand before the UTF-16 unit ``character``.

    A unit within a character counts as its beginning, one behind the line as its end.
    """
    line = line.rstrip(b"\r\n")
    if line.isascii():
        return min(character, len(line))
    wide = text_of(line).encode("utf-16-le", "surrogatepass")
    end = 2 * character
    if 0 < end < len(wide) and wide[end - 1] & 0xFC == 0xD8 and wide[end + 1] & 0xFC == 0xDC:
        end -= 2  # half of a pair
    return len(bytes_of(wide[:end].decode("utf-16-le", "surrogatepass")))


class Positions:
    """The positions of one file's content."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._starts = [0, *accumulate(map(len, data.splitlines(keepends=True)))]
        if self._starts[-1] and data[-1:] not in (b"\n", b"\r"):
            self._starts.pop()  # no line begins at the end

    def position(self, offset: int) -> Position:
        """The position of a byte offset."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return Position(line, units(self.data[start:offset]))

    def range(self, start: int, end: int) -> Range:
        """The range of the bytes ``start`` to ``end`` (exclusive)."""
        return Range(self.position(start), self.position(end))

    def span(self, wanted: Range) -> Span:
        """The bytes of a range."""
        return Span(self.offset(wanted.start), self.offset(wanted.end))

    def offset(self, position: Position) -> int:
        """The byte offset of a position; behind the last line, the end."""
        if position.line >= len(self._starts):
            return len(self.data)
        start = self._starts[position.line]
        following = self._starts[position.line + 1 : position.line + 2]
        line = self.data[start : following[0] if following else len(self.data)]
        return start + bytes_before(line, position.character)
