"""Split a line into its keyword and arguments, as OpenSSH does."""

from __future__ import annotations

import re
from sys import intern

from sshkeep.named import NamedTuple
from sshkeep.syntax.source import Line, decode

BLANK = b" \t\r\n"
ENDING = BLANK + b"\f"
# The common line: blanks, a bare word, blanks and at most one `=`. Every repetition is over a
# class that the next one can't start with, so matching is linear.
_PLAIN = re.compile(rb"[ \t\r]*([A-Za-z0-9_-]+)(?=[ \t\r=]|\Z)[ \t\r]*(?:=[ \t\r]*)?")
_COMMENT = re.compile(rb"[ \t\r\n]*(?:#|\Z)")
"""A comment or a blank line."""
_ONE_WORD = re.compile(rb"[^ \t\"'\\#]+")
_BARE = re.compile(rb"[^ \t]+")
_SPECIAL = re.compile(rb"[\"'\\#]")
_ESCAPABLE = b"\"'\\"


class Word(NamedTuple):
    """One argument: its text without quotes, and its span (bytes from the line's start)."""

    text: str
    start: int
    end: int


class BadQuotes(Exception):
    """A quote on the line is not closed."""


def split_line(raw: bytes, *, strip_margin: bool = False) -> Line | None:
    """The keyword and the span of the arguments; None for a blank line or a comment.

    As servconf.c process_server_config_line and readconf.c process_config_line_depth do: strip trailing white
    space and form feeds, then strdelim splits off the keyword, with at most one ``=``. They ignore a line
    with an unclosed quote in its keyword, so it is None. ``strip_margin`` is for sshd, whose
    load_server_config strips white space at the start first.
    """
    end = len(raw.rstrip(ENDING))
    if not end and b"\f" in raw:
        # The first byte never counts as trailing white space.
        first = len(raw) - len(raw.lstrip(b" \t\r")) if strip_margin else 0
        end = first + 1 if raw[first : first + 1] == b"\f" else 0
    plain = _PLAIN.match(raw, 0, end)
    if plain:
        start, stop = plain.span(1)
        # A huge file has many lines and few names: one copy of each saves memory.
        return Line(intern(plain.group(1).decode("ascii")), start, stop, plain.end(), end)
    return None if _COMMENT.match(raw, 0, end) else _split_oddly(raw, end)


def _split_oddly(raw: bytes, end: int) -> Line | None:
    piece = _strdelim(raw, 0, end)
    if piece is not None and not piece[0]:
        piece = _strdelim(raw, piece[3], end)
    if piece is None or not piece[0] or piece[0].startswith(b"#"):
        return None
    word, start, stop, rest = piece
    return Line(decode(word), start, stop, rest, end)


def _strdelim(raw: bytes, at: int, end: int, *, equals: bool = True) -> tuple[bytes, int, int, int] | None:
    """misc.c strdelim: (word, its start, its stop, where the rest starts); None if unquotable."""
    if at >= end:
        return None
    stop = at
    delimiters = BLANK + (b'"=' if equals else b'"')
    while stop < end and raw[stop] not in delimiters:
        stop += 1
    if stop < end and raw[stop] == ord('"'):
        close = raw.find(b'"', stop + 1, end)
        if close < 0:
            return None
        word = raw[at:stop] + raw[stop + 1 : close]
        return word, at, close + 1, _skip_blank(raw, close + 1, end)
    rest = _skip_blank(raw, stop + 1, end)
    seen = stop < end and raw[stop] == ord("=")
    if equals and not seen and rest < end and raw[rest] == ord("="):
        rest = _skip_blank(raw, rest + 1, end)
    return raw[at:stop], at, stop, min(rest, end)


def _skip_blank(raw: bytes, at: int, end: int) -> int:
    while at < end and raw[at] in BLANK:
        at += 1
    return at


def split_words(raw: bytes, at: int, end: int) -> list[Word]:
    """misc.c argv_split (8.7 and later): quotes join, backslash escapes, ``#`` ends the words.

    Raises BadQuotes where a quote is not closed.
    """
    if _ONE_WORD.fullmatch(raw, at, end):
        return [Word(decode(raw[at:end]), at, end)]
    if not _SPECIAL.search(raw, at, end):
        return [Word(decode(m.group()), *m.span()) for m in _BARE.finditer(raw, at, end)]
    words: list[Word] = []
    while True:
        while at < end and raw[at] in b" \t":
            at += 1
        if at >= end or raw[at] == ord("#"):
            return words
        text, stop = _quoted_word(raw, at, end)
        words.append(Word(decode(text), at, stop))
        at = stop


def _quoted_word(raw: bytes, at: int, end: int) -> tuple[bytes, int]:
    out = bytearray()
    quote = 0
    while at < end:
        byte = raw[at]
        if byte == ord("\\") and _escapes(raw, at + 1, end, quote):
            at += 1
            out.append(raw[at])
        elif not quote and byte in b" \t":
            break
        elif not quote and byte in b"\"'":
            quote = byte
        elif quote and byte == quote:
            quote = 0
        else:
            out.append(byte)
        at += 1
    if quote:
        raise BadQuotes
    return bytes(out), at


def _escapes(raw: bytes, at: int, end: int, quote: int) -> bool:
    return at < end and (raw[at] in _ESCAPABLE or (not quote and raw[at] == ord(" ")))


def split_words_by_strdelim(raw: bytes, at: int, end: int, *, equals: bool = True) -> list[Word]:
    """Arguments by strdelim, as everywhere up to 8.6 and on Match lines up to 9.8.

    There are double quotes only, and no escapes. A closing quote ends the word, an unclosed quote ends the
    words. ``=`` separates like a blank, unless ``equals`` is false (strdelimw). After a closing quote or a
    separating ``=`` at the end of the line there is one more, empty word.
    """
    words = []
    while at < end:
        piece = _strdelim(raw, at, end, equals=equals)
        if piece is None:
            break
        word, start, stop, at = piece
        if word or raw[start : start + 1] in (b'"', b"="):
            words.append(Word(decode(word), start, stop))
        if at >= end and (stop < end or raw[stop - 1 : stop] == b'"'):
            words.append(Word("", end, end))
    return words
