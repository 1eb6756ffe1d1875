"""The white space of a file's lines: indentation, separators, ends of lines, and blank lines.

OpenSSH ignores what changes here: it strips or skips white space before a keyword and behind the arguments,
and takes any white space, with at most one ``=``, as the separator (servconf.c, readconf.c, misc.c strdelim).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sshkeep.config.tree.file import File
from sshkeep.edit.edits import Edit
from sshkeep.edit.style import BLOCK_INDENT, line_ending
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.syntax.source import Line, encode
from sshkeep.syntax.words import split_line

BLANKS = b" \t"
MAX_INDENT = 16
"""A longer indentation is not copied to other lines: a file would grow with the square of its size."""
_ODD = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]|\\\Z")
"""Control characters, and a backslash at the end, which other programs read as a continued line."""
_HEADERS: dict[Kind, tuple[str, ...]] = {"sshd_config": ("match",), "ssh_config": ("host", "match")}


class _TextLine(NamedTuple):
    """One line: ``content`` is without its line ending, and ``end`` is where its text ends.

    ``line`` is None for a blank line, a comment, and an ``odd`` line, which stays as it is.
    """

    content: bytes
    end: int
    line: Line | None = None
    odd: bool = False

    @property
    def indent(self) -> bytes:
        return self.content[: len(self.content) - len(self.content.lstrip(BLANKS))]

    @property
    def blank(self) -> bool:
        return not self.end and not self.odd

    @property
    def comment(self) -> bool:
        return self.line is None and not self.odd and not self.blank

    @property
    def gap(self) -> bytes:
        """What separates keyword and arguments; empty without arguments."""
        line = self.line
        return self.content[line.stop : line.rest] if line and line.rest < line.end else b""


def format_edits(file: File) -> list[Edit]:
    """The edits that format the file, in order; none for a template, and where OpenSSH reads other lines."""
    if file.language or file.cut or file.kind not in _HEADERS:
        return []
    lines = [_read(raw, file.kind) for raw in file.source.lines]
    headers = _HEADERS[file.kind]
    in_block = [False] * len(lines)
    inside = False
    for number, line in enumerate(lines):
        if line.line and line.line.name.lower() in headers:
            inside = True
        else:
            in_block[number] = inside
    indents = _indents(lines, in_block)
    separator = _separator_with_equals(lines)
    edits: list[Edit] = []
    for number, line in enumerate(lines):
        start = file.source.start(number)
        if line.blank:
            edits += _edits_of_blank(file, number, number > 0 and lines[number - 1].blank)
        elif not line.odd:
            new = _changes(line, indents[number], separator, file.kind)
            edits += [Edit(file.source.path, start + at, start + end, text) for at, end, text in new]
    return [*edits, *_last_ending(file, lines)]


def _read(raw: bytes, kind: Kind) -> _TextLine:
    content = raw.removesuffix(b"\n")
    content = content.removesuffix(b"\r") if content != raw else content
    end = len(content.rstrip(BLANKS))
    if _ODD.search(content, 0, end):
        return _TextLine(content, end, odd=True)
    if not end or content.lstrip(BLANKS).startswith(b"#"):
        return _TextLine(content, end)
    line = split_line(content, strip_margin=kind == "sshd_config")
    typed = encode(line.name) if line else b""
    # Not with quotes in the keyword, a ``=`` before it, or a ``#``, where sshd cut the line up to 8.6.
    if not typed or b"#" in typed or not content.lstrip(BLANKS).startswith(typed):
        return _TextLine(content, end, odd=True)
    return _TextLine(content, end, line)


def _indents(lines: Sequence[_TextLine], in_block: Sequence[bool]) -> list[bytes]:
    """The indentation of each line. A comment has that of the line right below it.

    One with a blank line, or nothing, below it stays in the block if it is indented.
    """
    used = (line.indent for line, inside in zip(lines, in_block, strict=True) if inside and line.line)
    of_block = next((indent for indent in used if 0 < len(indent) <= MAX_INDENT), encode(BLOCK_INDENT))
    indents = [b""] * len(lines)
    for number in reversed(range(len(lines))):
        line = lines[number]
        below = lines[number + 1] if number + 1 < len(lines) else None
        if line.comment and below and (below.comment or below.line):
            indents[number] = indents[number + 1]
        elif in_block[number] and (line.line or (line.comment and line.indent)):
            indents[number] = of_block
    return indents


def _separator_with_equals(lines: Sequence[_TextLine]) -> bytes:
    """The separator of lines that have a ``=``: as the first of them has it."""
    first = next((line.gap for line in lines if b"=" in line.gap), b"=")
    return b"=" if first == b"=" else b" = "


def _changes(
    line: _TextLine, indent: bytes, separator: bytes, kind: Kind
) -> Iterator[tuple[int, int, bytes]]:
    """Start, end and new text of what changes in the line. The separator stays where it is read otherwise."""
    old = line.indent
    if old != indent:
        yield 0, len(old), indent
    if line.line and line.gap:
        wanted = separator if b"=" in line.gap else b" "
        if wanted != line.gap and _reads_the_same(line, line.line, wanted, kind):
            yield line.line.stop, line.line.rest, wanted
    if line.end < len(line.content):
        yield line.end, len(line.content), b""


def _reads_the_same(old: _TextLine, line: Line, separator: bytes, kind: Kind) -> bool:
    arguments = old.content[line.rest : line.end]
    text = old.content[line.start : line.stop] + separator + arguments
    new = split_line(text, strip_margin=kind == "sshd_config")
    return new is not None and new.name == line.name and text[new.rest : new.end] == arguments


def _edits_of_blank(file: File, number: int, follows_blank: bool) -> list[Edit]:
    """Of blank lines in a row the first stays, without blanks."""
    raw, start = file.source.lines[number], file.source.start(number)
    if follows_blank or not raw.endswith(b"\n"):
        return [Edit(file.source.path, start, start + len(raw), b"")]
    blanks = len(raw) - len(raw.lstrip(BLANKS))
    return [Edit(file.source.path, start, start + blanks, b"")] if blanks else []


def _last_ending(file: File, lines: Sequence[_TextLine]) -> list[Edit]:
    """A line ending for the last line, which gets one like the first line's."""
    last = lines[-1] if lines else None
    if last is None or last.odd or last.blank or file.source.lines[-1].endswith(b"\n"):
        return []
    end = len(file.source.data)
    return [Edit(file.source.path, end, end, line_ending(file))]
