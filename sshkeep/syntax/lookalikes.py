"""Characters that look like ASCII ones, or like nothing, and that OpenSSH takes as any other letter.

OpenSSH separates words at blanks, tabs, CR and LF only (misc.c strdelim_internal, argv_split); it knows
bytes, not characters. Texts come with others from web pages, word processors and input methods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import name

from sshkeep.named import NamedTuple

_MEANT: dict[str, str] = {
    " ": "\v\f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
    "\u2800\u3000",
    "": "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3164\ufe0e\ufe0f\ufeff\uffa0",
    "\n": "\r\u2028\u2029",
    '"': "\xab\xbb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u2033\u2036\u301d\u301e\u301f",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63",
    ",": "\u3001\ufe50\ufe51\uff64",
    ":": "\ufe55",
    "*": "\u2217\ufe61",
    "/": "\u2044\u2215",
    ".": "\u3002\uff61",
    "~": "\u02dc\u223c\u301c",
}
_LETTERS = {
    "a": "\u0430", "c": "\u0441", "e": "\u0435", "i": "\u0456", "j": "\u0458", "o": "\u03bf\u043e",
    "p": "\u0440", "s": "\u0455", "x": "\u0445", "y": "\u0443", "A": "\u0391\u0410", "B": "\u0392\u0412",
    "C": "\u0421",
    "E": "\u0395\u0415", "H": "\u0397\u041d", "I": "\u0399\u0406", "J": "\u0408", "K": "\u039a\u041a",
    "M": "\u039c\u041c", "N": "\u039d", "O": "\u039f\u041e", "P": "\u03a1\u0420", "S": "\u0405",
    "T": "\u03a4\u0422",
    "X": "\u03a7\u0425", "Y": "\u03a5", "Z": "\u0396",
}  # fmt: skip
"""Greek and Cyrillic letters; in a word of their own language they are what they look like."""
_FULLWIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
LOOKALIKES: dict[str, str] = {
    **{character: meant for meant, characters in (_LETTERS | _MEANT).items() for character in characters},
    **_FULLWIDTH,
    "\uff02": '"',
    "\uff07": '"',
}
"""A character to the ASCII text that it looks like. Any quote is a double one, which all releases know."""

_NAMES = {
    "\v": "line tabulation",
    "\f": "form feed",
    "\r": "carriage return",
    "\x85": "next line",
    "\ufeff": "byte order mark",
}
"""Control characters have no name in Unicode, and U+FEFF is known by its other one."""


class Lookalike(NamedTuple):
    """A character at an offset of decoded text, and the ASCII text that it looks like."""

    at: int
    character: str
    meant: str

    @property
    def described(self) -> str:
        """Its code point and name, as ``U+00A0 no-break space``; also the byte, if it is not UTF-8."""
        character = _of_byte(self.character) or self.character
        named = f"U+{ord(character):04X} {_NAMES.get(character) or name(character, '').lower()}"
        return (
            named
            if character == self.character
            else f"the byte 0x{ord(self.character) - 0xDC00:02X}, {named}"
        )

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter of another alphabet, which is right in a word of that."""
        return self.meant.isalpha() and self.character not in _FULLWIDTH


def lookalikes(text: str) -> Iterator[Lookalike]:
    """The lookalikes of a decoded line without its line ending; in a comment only those that end lines."""
    quoted = word = comment = False
    for at, character in enumerate(text):
        meant = _meant(character)
        if meant is not None and (meant == "\n" or not comment):
            yield Lookalike(at, character, meant)
        for seen in character if meant is None else meant:
            comment = seen != "\n" and (comment or (seen == "#" and not quoted and not word))
            quoted = seen != "\n" and quoted ^ (seen == '"')
            word = seen not in " \t\n"


def as_meant(text: str) -> str:
    """``text`` with ASCII in place of its lookalikes."""
    return next(readings(text))


def readings(text: str) -> Iterator[str]:
    """What a line may be meant as, the most likely first.

    With ASCII in place of its lookalikes; then without those that are a word alone, such as a dash behind a
    value; then without quotes, of which one is missing; then with a blank for the first colon.
    """
    found = {each.at: each.meant for each in lookalikes(text)}
    lone = dict.fromkeys(_lone(text, found), "")
    quotes = {at: "" for at, meant in found.items() if meant == '"'}
    colon = {at: " " for at, meant in reversed(found.items()) if meant == ":"}
    first_colon = dict(list(colon.items())[-1:])
    for changes in ({}, lone, lone | quotes, first_colon):
        meant = found | changes
        yield "".join(meant.get(at, character) for at, character in enumerate(text))


_MARKS = frozenset('-",:./')
"""What is no word alone."""


def _lone(text: str, found: Mapping[int, str]) -> Iterator[int]:
    """The offsets of lookalikes that are a word alone, each with one blank beside it."""
    quoted, word = False, list[int]()
    for at, character in enumerate(text + " "):
        meant = found.get(at, character)
        quoted ^= character == '"'
        if quoted or meant not in " \t\n":
            word.append(at)
        elif meant:
            if word and all(found.get(each) in _MARKS for each in word):
                yield from (*word, word[0] - 1 if word[0] else at)
            word = []


def _meant(character: str) -> str | None:
    return LOOKALIKES.get(_of_byte(character) or character)


def _of_byte(character: str) -> str:
    """What Windows-1252, and for most of them Latin-1, has at a byte that is not UTF-8; empty for others."""
    code = ord(character) - 0xDC00
    return bytes((code,)).decode("cp1252", "ignore") if 0x80 <= code <= 0xFF else ""
