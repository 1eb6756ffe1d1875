"""The style of new lines: that of their neighbours."""

from __future__ import annotations

from sshkeep.config.tree.file import Directive, File
from sshkeep.named import NamedTuple
from sshkeep.syntax.source import decode, encode

BLOCK_INDENT = "    "


class Style(NamedTuple):
    """Indentation, the separator between keyword and value, and the column to which values are aligned."""

    indent: str = ""
    separator: str = " "
    column: int = 0


def style_of(neighbour: Directive | None, indent: str = "") -> Style:
    """The style of ``neighbour``; several blanks count as an aligned column."""
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
    """The line ending of the file's first line."""
    lines = file.source.lines
    return b"\r\n" if lines and lines[0].endswith(b"\r\n") else b"\n"


def insertion(file: File, number: int, lines: list[bytes]) -> bytes:
    """``lines`` as text to insert before line ``number`` (from 0), with the file's line endings.

    After a last line without a line ending the text starts with one, and again ends without.
    """
    ending = line_ending(file)
    source = file.source
    unfinished = number == len(source.lines) and source.lines and not source.lines[-1].endswith(b"\n")
    if unfinished:
        return b"".join(ending + line for line in lines)
    return b"".join(line + ending for line in lines)
