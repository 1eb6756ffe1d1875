"""The tree of one config as OpenSSH walks it: every line with the blocks it stands in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from sshkeep.config.facts import Facts
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT
from sshkeep.openssh.splitting import split_arguments
from sshkeep.openssh.tables.keywords import keywords
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.value_type import Splitting
from sshkeep.syntax.nul import AsRead, lines_as_read
from sshkeep.syntax.source import Line, Source, Span
from sshkeep.syntax.words import Word, split_line

MAX_DEPTH = 16
"""servconf.c SERVCONF_MAX_DEPTH, readconf.c READCONF_MAX_DEPTH: Includes below the top file."""
MOST_KEPT = 10_000
"""Lines of a file, and their readings, that are kept to be used again where the same text comes."""


Question = ParamSpec("Question")
Answer = TypeVar("Answer")


class Directive:
    """One keyword line of one file."""

    __slots__ = ("file", "line", "number")

    def __init__(self, file: File, number: int, line: Line) -> None:
        self.file = file
        self.number = number
        self.line = line

    @property
    def raw(self) -> bytes:
        """The whole line with its line ending."""
        return self.file.source.lines[self.number]

    def words(self, splitting: Splitting) -> list[Word]:
        """The arguments, cut as those of a keyword with this ``splitting``. Raises BadQuotes."""
        return split_arguments(self.raw, self.line, self.file.kind, self.file.target.release, splitting)

    @property
    def where(self) -> str:
        """``path:line`` for a person."""
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
    """A line that a NUL byte ends, and what sshd glues to it; places are those of the line's own part."""

    __slots__ = ("read",)

    def __init__(self, file: File, read: AsRead, line: Line) -> None:
        super().__init__(file, read.number, line)
        self.read = read

    @property
    def raw(self) -> bytes:
        """The line as OpenSSH reads it."""
        return self.read.raw

    def span(self, start: int, end: int) -> Span:
        """A range as far as it lies in this line."""
        return super().span(min(start, self.read.own), min(end, self.read.own))


class File:
    """One file of the tree, its lines read once however often it is included."""

    __slots__ = ("cut", "directives", "kind", "source", "target")

    def __init__(self, source: Source, kind: Kind, target: Target) -> None:
        self.source = source
        self.kind = kind
        self.target = target
        self.cut = b"\0" in source.data
        """Whether a NUL byte keeps OpenSSH from reading the lines as they are; no tree with one is edited."""
        self.directives = list(self._cut_lines() if self.cut else self._lines())

    def _lines(self) -> Iterator[Directive]:
        # A huge file says many things again and again: what is the same is cut once, which keeps it small.
        known: dict[bytes, Line | None] = {}
        for number, raw in enumerate(self.source.lines):
            if raw in known:
                line = known[raw]
            else:
                line = self._split(raw)
                if len(known) < MOST_KEPT:
                    known[raw] = line
            if line is not None:
                yield Directive(self, number, line)

    def _split(self, raw: bytes) -> Line | None:
        sshd = self.kind == "sshd_config"
        line = split_line(raw, margin_goes=sshd)
        if sshd and line is not None and "#" in line.name and self.target.release < ARGV_SPLIT:
            # load_server_config cut the line there before anything looked for quotes.
            return split_line(raw[: raw.index(b"#")], margin_goes=sshd)
        return line

    def _cut_lines(self) -> Iterator[Directive]:
        for read in lines_as_read(self.source.lines, self.ends_at_nul):
            if (line := split_line(read.raw, margin_goes=self.kind == "sshd_config")) is not None:
                yield CutDirective(self, read, line)

    def ends_at_nul(self, before: bytes) -> bool:
        """Whether a line ends at a NUL with ``before`` in front of it; otherwise the next is glued to it.

        It does for ssh, and for sshd only behind a ``#``, which up to 8.6 load_server_config made a newline.
        """
        return self.kind == "ssh_config" or (self.target.release < ARGV_SPLIT and b"#" in before)


class Context:
    """A Host or Match block, and the blocks around the Include through which it was reached."""

    __slots__ = ("always", "at_start", "before", "criteria", "first_entry", "header", "index", "outer")

    def __init__(
        self, header: Directive, outer: Context | None, before: Context | None, index: int, first_entry: int
    ) -> None:
        self.header = header
        self.outer = outer
        self.before = before
        """The block that this one ends; None where it is the first."""
        self.index = index
        """Its place in `Config.headers`; -1 for a block that is in no config yet."""
        self.first_entry = first_entry
        """How many entries of the walk come before it."""
        self.criteria: object = None
        """What `sshkeep.config.criteria` made of the header, once asked."""
        self.always: bool | None = None
        """What `sshkeep.config.matching.universal` said of it, once asked."""
        self.at_start: bool | None = None
        """What `sshkeep.config.matching.applies_at_start` said of it, once asked."""

    def chain(self) -> list[Context]:
        """This block and those around it, the outermost first."""
        links = [self]
        while links[-1].outer is not None:
            links.append(links[-1].outer)
        return links[::-1]


class Entry:
    """A directive at one place of the walk; ``context`` is None where it stands outside any block."""

    __slots__ = ("context", "directive", "index", "keyword")

    def __init__(
        self, directive: Directive, context: Context | None, keyword: Keyword | None, index: int
    ) -> None:
        self.directive = directive
        self.context = context
        self.keyword = keyword
        """The target's row for it; None where the target does not know the spelling."""
        self.index = index
        """Its place in `Config.entries`; their number for a line that is in no config yet."""


class Unread(NamedTuple):
    """An Include whose file could not be read: anything may stand there."""

    path: str
    directive: Directive
    context: Context | None
    position: int
    """How many entries of the walk come before it."""
    why: str


class Missing(NamedTuple):
    """An Include of one file by name that is not there, in a tree whose files can be looked for."""

    argument: str
    entry: Entry


class Visit(NamedTuple):
    """One reading of one file, as ranges of the walk's entries and headers; included files lie within."""

    first_entry: int
    end_entry: int
    first_header: int
    end_header: int


class Answers:
    """What was worked out about one config, by the function that did and by what it was asked.

    An answer depends on the config and the question alone, so it does not matter who asks first.
    """

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Callable[..., Any], dict[Hashable, Any]] = {}

    def by(self, function: Callable[..., Answer]) -> dict[Hashable, Answer]:
        """The answers that ``function`` gave, by its other arguments."""
        return self._kept.setdefault(function, {})


def cached_answer(function: Callable[Question, Answer]) -> Callable[Question, Answer]:
    """A function whose last argument is a `Config` is called once for each of its other arguments."""

    @wraps(function)
    def ask(*question: Question.args, **none: Question.kwargs) -> Answer:
        kept = cast("Config", question[-1]).answers.by(function)
        asked = question[:-1]
        if asked not in kept:
            kept[asked] = function(*question, **none)
        return kept[asked]

    return ask


class Config:
    """A whole tree: entries in the order in which OpenSSH reads them, all files in one list.

    A ``fragment`` is a drop-in without its main file: what it does not say may be said elsewhere.
    """

    def __init__(self, kind: Kind, target: Target, top: str, *, fragment: bool = False) -> None:
        self.kind: Kind = kind
        self.target = target
        self.top = top
        self.fragment = fragment
        self.files: dict[str, File] = {}
        self.tops: list[str] = []
        self.top_starts: list[int] = []
        """For each top file, how many entries of the walk come before it."""
        self.system_start: int | None = None
        """How many entries come before those of ssh's system-wide file, where that is a top file."""
        self.entries: list[Entry] = []
        self.headers: list[Context] = []
        self.visits: list[Visit] = []
        """In the order in which the files end, so that an included one comes before its includer."""
        self.too_deep: list[Entry] = []
        """Includes that are nested deeper than OpenSSH goes; it exits at the first."""
        self.unread: list[Unread] = []
        self.not_found: list[str] = []
        self.missing: list[Missing] = []
        self.facts: Facts | None = None
        """What the machine says of the files; None where they are not this machine's own."""
        self.notes: list[str] = []
        self.answers = Answers()
        self._index: dict[str, list[Entry]] | None = None

    @property
    def known(self) -> dict[str, Keyword]:
        """Lower-case spelling to row, for this config's target."""
        return keywords(self.kind, self.target)

    def lines(self, meaning: str) -> list[Entry]:
        """All entries that set the option ``meaning`` (lower case), by whatever alias, in order."""
        if self._index is None:
            self._index = self._indexed()
        return self._index.get(meaning, [])

    def _indexed(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = {}
        by_spelling: dict[str, list[Entry]] = {}
        for entry in self.entries:
            typed = entry.directive.line.name
            entries = by_spelling.get(typed)
            if entries is None:
                meaning = entry.keyword.option if entry.keyword else typed.lower()
                entries = by_spelling[typed] = index.setdefault(meaning, [])
            entries.append(entry)
        return index

    def in_second_top(self, entry: Entry) -> bool:
        """Whether the walk met the entry in or below the client's system file, behind the user's."""
        return len(self.top_starts) > 1 and entry.index >= self.top_starts[1]

    def in_system_file(self, entry: Entry) -> bool:
        """Whether the entry is in or below the client's system file, the only one or behind the user's."""
        return self.system_start is not None and entry.index >= self.system_start

    def names(self) -> set[str]:
        """Lower-case names of all options and unknown keywords in the tree."""
        self.lines("")
        return set(self._index or ())
