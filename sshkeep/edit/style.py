"""How new lines look: as their neighbours do."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.tree.file import Directive, File
from sshkeep.syntax.source import decode, encode

BLOCK_INDENT = "    "


class Style(NamedTuple):
    """Indentation, what stands between keyword and value, and the column values are aligned to."""

    indent: str = ""
    separator: str = " "
    column: int = 0


def style_of(neighbour: Directive | None, indent: str = "") -> Style:
    """The style of ``neighbour``'s line; blanks in a row are read as an aligned column."""
    if neighbour is None:
        return Style(indent)
    line, raw = neighbour.line, neighbour.raw
    separator = decode(raw[line.stop : line.rest]) or " "
    indent = decode(raw[: line.start])
    if len(separator) > 1 and not separator.strip(" "):
        return Style(indent, " ", line.rest - line.start)
    return Style(indent, separator)


def new_line(keyword: str, value: str, style: Style) -> bytes:
    """A line without its ending."""
    head = keyword + style.separator
    return encode(style.indent + head.ljust(style.column) + value)


def line_ending(file: File) -> bytes:
    """The one that the file's first line has."""
    lines = file.source.lines
    return b"\r\n" if lines and lines[0].endswith(b"\r\n") else b"\n"


def insertion(file: File, number: int, lines: list[bytes]) -> bytes:
    """``lines`` as text to stand before line ``number`` (from 0), with line endings that fit.

    After a last line without a line ending the new text brings one, and again ends without.
    """
    ending = line_ending(file)
    source = file.source
    unfinished = number == len(source.lines) and source.lines and not source.lines[-1].endswith(b"\n")
    if unfinished:
        return b"".join(ending + line for line in lines)
    return b"".join(line + ending for line in lines)
