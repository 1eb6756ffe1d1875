"""A file as lines, which joined are the input, byte for byte."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from unicodedata import category

from sshkeep.named import NamedTuple


class Span(NamedTuple):
    """A half-open range of byte offsets in one file's content."""

    start: int
    end: int


class Line(NamedTuple):
    """A line split into keyword and arguments; not for comments and blank lines.

    All offsets are bytes from the start of the line. ``name`` is the keyword as typed; the
    arguments are ``raw[rest:end]``, where ``end`` leaves out trailing white space.
    """

    name: str
    start: int
    stop: int
    rest: int
    end: int


class Source:
    """The content of one file and its lines.

    Lines end at ``\\n`` only, as for getline(3) in OpenSSH; each keeps its line ending, so
    ``b"".join(source.lines) == source.data`` for any bytes.
    """

    __slots__ = ("_starts", "data", "lines", "path")

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        pieces = data.split(b"\n")
        last = pieces.pop()
        self.lines = [piece + b"\n" for piece in pieces]
        if last:
            self.lines.append(last)
        self._starts: list[int] = []

    def start(self, number: int) -> int:
        """The byte offset at which line ``number`` (from 0) begins; one past the last is the end."""
        if not self._starts:
            self._starts = [0, *accumulate(map(len, self.lines))]
        return self._starts[number]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a byte offset; columns count characters."""
        self.start(0)
        number = min(bisect_right(self._starts, offset) - 1, max(len(self.lines) - 1, 0))
        before = self.data[self._starts[number] : offset]
        return number + 1, len(decode(before)) + 1

    def text(self, number: int) -> str:
        """Line ``number`` (from 0) as text, without its line ending."""
        return decode(self.lines[number].rstrip(b"\r\n"))


def decode(raw: bytes) -> str:
    """Bytes of a config as text. `encode` restores bytes that are not UTF-8."""
    return raw.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The bytes from which `decode` made ``text``."""
    return text.encode("utf-8", "surrogateescape")


UNSHOWN = ("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn")
"""Unicode categories of characters that control a terminal, turn text around or can't be seen."""


def may_be_shown(character: str) -> bool:
    """Whether a terminal may get the character as it is."""
    return category(character) not in UNSHOWN


def escaped_json(text: str) -> str:
    """JSON that is safe to show: ``\\u009b`` for what may not be shown, the same for a parser."""
    if text.isascii() and "\x7f" not in text:
        return text  # JSON itself has no control characters but the line endings between its values
    return "".join([c if c == "\n" or may_be_shown(c) else _utf_16(c) for c in text])


def _utf_16(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def clean(text: str) -> str:
    """Decoded text for JSON: bytes that are not UTF-8 become U+FFFD."""
    return encode(text).decode("utf-8", "replace")
