"""The terminal: its width and colours, and text that is safe to print."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal
from unicodedata import category, east_asian_width

from sshkeep.syntax.source import may_be_shown

if TYPE_CHECKING:
    from sshkeep.output.catalogue import Catalogue

Color = Literal["auto", "always", "never"]
Language = Literal["en", "ja"]
_STYLES = {
    "error": "31;1",
    "warning": "33;1",
    "info": "36;1",
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
}
FALLBACK_WIDTH = 100
"""Columns where there is no terminal to ask."""


class Terminal:
    """Where text is printed: its width, whether it shows colours, and whether it only shows ASCII.

    ``fits`` is whether a person reads it there; in a pipe, a line that is looked for stays whole. What is
    said in another ``language`` than English, its catalogue knows.
    """

    def __init__(self, color: Color = "auto", language: Language = "en") -> None:
        self.width = max(_columns() or FALLBACK_WIDTH, 40)
        self.fits = sys.stdout.isatty()
        self.color = _wants_color(color)
        self.ascii = not _shows_more_than_ascii()
        self.language = language
        self.catalogue = _catalogue(language)

    def say(self, text: str) -> str:
        """``text`` in the language of the user, if it is a phrase."""
        return self.catalogue.translated(text) if self.catalogue else text

    def show(self, text: str) -> str:
        """`say`, and safe to print."""
        return safe(self.say(text))

    def paint(self, text: str, style: str) -> str:
        """``text`` in a colour of `_CODES`, or plain."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.color else text


def _columns() -> int:
    """As shutil.get_terminal_size, which would import three compressors: 3 % of a cold lint. 0: not known."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # no standard output, a closed one, or no terminal
        return 0


def _wants_color(color: Color) -> bool:
    """--color beats FORCE_COLOR, which beats NO_COLOR, which beats what standard output is."""
    if color != "auto":
        return color == "always"
    if os.environ.get("FORCE_COLOR"):
        return True
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def language_of_locale() -> Language:
    """Japanese where the locale asks for messages in it, and standard output can show them."""
    locale = _locale("LC_MESSAGES")
    return "ja" if locale.partition(".")[0] in ("ja", "ja_JP") and _shows("日本語、") else "en"


def _catalogue(language: Language) -> Catalogue | None:
    if language == "en":
        return None
    from sshkeep.output.catalogue import Catalogue

    return Catalogue(language)


def _locale(category: str) -> str:
    """The locale of a category, as locale(7) finds it; empty for none."""
    return next(filter(None, (os.environ.get(name) for name in ("LC_ALL", category, "LANG"))), "")


def _shows_more_than_ascii() -> bool:
    """Whether the locale and the encoding of standard output have lines and arrows.

    In the C locale Python writes UTF-8, so the encoding alone does not decide.
    """
    return _locale("LC_CTYPE") not in ("C", "POSIX") and _shows("━┿▲→")


def _shows(text: str) -> bool:
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def cells(text: str) -> int:
    """The columns that safe text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """Safe text with blanks behind it, up to ``width`` columns."""
    return text + " " * (width - cells(text))


def safe(text: str) -> str:
    """``text`` with control characters, and blanks that are no space, escaped: ``\\x1b``, ``\\xa0``."""
    return text if text.isascii() and text.isprintable() else "".join(map(safe_character, text))


def safe_character(character: str) -> str:
    """One character as a terminal may see it; a tab as four blanks."""
    if character == "\t":
        return "    "
    if character == " " or (may_be_shown(character) and category(character) != "Zs"):
        return character
    return escaped(character)


def escaped(character: str) -> str:
    """The code of a character, as ``\\x1b`` and ``\\u202e``; of a byte that is not UTF-8, the byte."""
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
