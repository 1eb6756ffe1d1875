"""One file of a tree, and its keyword lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from sshkeep.config.tree.template import TemplateLanguage
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT, Release
from sshkeep.openssh.splitting import split_arguments
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.value_type import Splitting
from sshkeep.syntax.encoding import WideText, wide_text
from sshkeep.syntax.nul import AsRead, lines_as_read
from sshkeep.syntax.source import Line, Source, Span, decode
from sshkeep.syntax.words import Word, split_line

if TYPE_CHECKING:  # most files are no templates
    from sshkeep.syntax.templates.lines import Branch, TemplateLine

MAX_SMALL_FILE = 16 * 1024
"""Bytes of a file whose lines other files of the same call may well have, too."""
MAX_CACHED_LINES = 100_000
"""How many lines of a file, and parsed lines, are cached to be used again for the same text."""

COMMENT_OR_BLANK = b"#\n"
"""First bytes of a line that is surely a comment or blank, as most of a stock file are."""


class LineNumber(int):
    """The number of a line, from 1, as a field of a phrase; it keeps the file, so that it can be followed."""

    path: str

    def __new__(cls, number: int, path: str = "") -> LineNumber:
        made = super().__new__(cls, number)
        made.path = path
        return made


class Directive:
    """One keyword line of one file."""

    __slots__ = ("file", "line", "number")

    has_expression = False
    """Whether what follows the keyword is not known: in a template, a tag stands there."""
    block_is_known = True
    """Whether the line is in the block that the last Host or Match line before it begins."""

    def __init__(self, file: File, number: int, line: Line) -> None:
        self.file = file
        self.number = number
        self.line = line

    @property
    def raw(self) -> bytes:
        """The whole line with its line ending."""
        return self.file.source.lines[self.number]

    @property
    def text(self) -> str:
        """Keyword and arguments as they are written."""
        return decode(self.raw[self.line.start : max(self.line.stop, self.line.end)])

    @property
    def arguments(self) -> str:
        """The arguments as they are written."""
        return decode(self.raw[self.line.rest : self.line.end])

    def words(self, splitting: Splitting) -> list[Word]:
        """The arguments, split as for a keyword with this ``splitting``. Raises BadQuotes."""
        return split_arguments(self.raw, self.line, self.file.kind, self.file.target.release, splitting)

    @property
    def line_number(self) -> LineNumber:
        """The line's number, for the field of a phrase."""
        return LineNumber(self.number + 1, self.file.source.path)

    @property
    def where(self) -> str:
        """``path:line``, for messages."""
        return f"{self.file.source.path}:{self.number + 1}"

    def span(self, start: int, end: int) -> Span:
        """A range of this line (bytes from its start) as a range of the file."""
        at = self.file.source.start(self.number)
        return Span(at + start, at + end)

    @property
    def whole(self) -> Span:
        """Keyword to last argument."""
        return self.span(self.line.start, max(self.line.stop, self.line.end))


class CutDirective(Directive):
    """A line with a NUL byte, and the lines that sshd joins to it; spans are those of its own part."""

    __slots__ = ("read",)

    def __init__(self, file: File, read: AsRead, line: Line) -> None:
        super().__init__(file, read.number, line)
        self.read = read

    @property
    def raw(self) -> bytes:
        """The line as OpenSSH reads it."""
        return self.read.raw

    def span(self, start: int, end: int) -> Span:
        """The part of a range that lies in this line."""
        return super().span(min(start, self.read.own), min(end, self.read.own))


class TemplateDirective(Directive):
    """A line of a template whose keyword is known."""

    __slots__ = ("block_is_known", "has_expression")

    def __init__(
        self, file: File, number: int, line: Line, has_expression: bool, block_is_known: bool
    ) -> None:
        super().__init__(file, number, line)
        self.has_expression = has_expression
        self.block_is_known = block_is_known

    def words(self, splitting: Splitting) -> list[Word]:
        """The arguments; none where they are not known."""
        return [] if self.has_expression else super().words(splitting)


class File:
    """One file of the tree. Its lines are split once, however often it is included."""

    __slots__ = ("cut", "directives", "distinct", "kind", "language", "source", "target", "template", "wide")

    comment_marks: tuple[bytes, ...] = (b"#",)
    """What begins a comment."""

    def __init__(
        self, source: Source, kind: Kind, target: Target, language: TemplateLanguage | None = None
    ) -> None:
        self.source = source
        self.kind = kind
        self.target = target
        self.language = language
        self.template = _template_lines(source, language) if language else []
        """What each line of a template is; empty for a config."""
        self.cut = b"\0" in source.data
        """Whether the file has a NUL byte, so that OpenSSH reads other lines; such a tree is not edited."""
        self.distinct: list[Directive] = []
        """The first line of each text, so that lines that are all alike need not be parsed one by one."""
        self.wide: WideText | None = wide_text(source.data) if self.cut else None
        """The text of a file in UTF-16 or UTF-32, of which OpenSSH reads the bytes."""
        self.directives = list(self._read())

    def _read(self) -> Iterator[Directive]:
        if self.language:
            return self._lines_of_template()
        return self._cut_lines() if self.cut else self._lines()

    def _lines_of_template(self) -> Iterator[Directive]:
        header: Branch | None = ()
        """The branch of the last Host or Match line; None where it is not known which block goes on."""
        for number, (raw, what) in enumerate(zip(self.source.lines, self.template, strict=True)):
            if what.kind == "anything":
                header = None
            line = _split(raw, self.kind, self.target.release) if what.kind in ("literal", "value") else None
            if line is None:
                continue
            if line.name.lower() in ("host", "match"):
                header = what.branch if what.kind == "literal" else None
            known = header is not None and what.branch[: len(header)] == header
            directive = TemplateDirective(self, number, line, what.kind == "value", known)
            self.distinct.append(directive)
            yield directive

    @property
    def has_unknown_lines(self) -> bool:
        """Whether it is a template with a line that may become any lines."""
        return any(line.kind == "anything" for line in self.template)

    @property
    def setting_numbers(self) -> set[int]:
        """The numbers of the lines with a setting, from 0."""
        return {directive.number for directive in self.directives}

    @property
    def stored(self) -> bytes:
        """The bytes of the file."""
        return self.source.data

    def encode(self, data: bytes) -> bytes:
        """The bytes to store for the text ``data``."""
        return data

    def _lines(self) -> Iterator[Directive]:
        # Many lines of a huge file are equal: each text is split once, which keeps memory small. So are
        # those of many small files.
        known: dict[bytes, Line] = {}
        split = _split_again if len(self.source.data) <= MAX_SMALL_FILE else _split
        for number, raw in enumerate(self.source.lines):
            line = known.get(raw)
            if line is not None:
                yield Directive(self, number, line)
            elif (
                raw[0] not in COMMENT_OR_BLANK
                and (line := split(raw, self.kind, self.target.release)) is not None
            ):
                if len(known) < MAX_CACHED_LINES:
                    known[raw] = line
                directive = Directive(self, number, line)
                self.distinct.append(directive)
                yield directive

    def _cut_lines(self) -> Iterator[Directive]:
        for read in lines_as_read(self.source.lines, self.ends_at_nul):
            if (line := split_line(read.raw, strip_margin=self.kind == "sshd_config")) is not None:
                directive = CutDirective(self, read, line)
                self.distinct.append(directive)
                yield directive

    def ends_at_nul(self, before: bytes) -> bool:
        """Whether a line ends at a NUL that follows ``before``; otherwise the next line is joined to it.

        It ends for ssh. For sshd it ends only after a ``#``, where load_server_config ended lines up to 8.6.
        """
        return self.kind == "ssh_config" or (self.target.release < ARGV_SPLIT and b"#" in before)


def _template_lines(source: Source, language: TemplateLanguage) -> list[TemplateLine]:
    from sshkeep.syntax.templates.lines import template_lines

    return template_lines(source.lines, language.kinds)


def _split(raw: bytes, kind: Kind, release: Release) -> Line | None:
    sshd = kind == "sshd_config"
    line = split_line(raw, strip_margin=sshd)
    if sshd and line is not None and "#" in line.name and release < ARGV_SPLIT:
        # servconf.c load_server_config cut the line at the # before it looked for quotes.
        return split_line(raw[: raw.index(b"#")], strip_margin=sshd)
    return line


_split_again = lru_cache(maxsize=4096)(_split)
