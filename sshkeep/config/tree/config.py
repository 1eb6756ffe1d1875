"""All files of one config as OpenSSH reads them: every line, block and Include, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.config.local_machine import MachineFacts
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import CachedAnswers
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive, File
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import keywords
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target


class UnreadInclude(NamedTuple):
    """An Include whose file could not be read, so that its lines are unknown."""

    path: str
    directive: Directive
    block: Block | None
    position: int
    """The number of entries that are read before it."""
    why: str


class MissingInclude(NamedTuple):
    """An Include that names one file, where that file does not exist and its path is known."""

    argument: str
    entry: Entry


class FileVisit(NamedTuple):
    """One pass over one file, as ranges of `Config.entries` and `Config.blocks`, included files too."""

    first_entry: int
    end_entry: int
    first_block: int
    end_block: int


class Config:
    """A whole tree: entries in the order in which OpenSSH reads them, all files in one list.

    A ``fragment`` is a drop-in without its main file: the main file may set what it leaves unset.
    """

    def __init__(self, kind: Kind, target: Target, top: str, *, fragment: bool = False) -> None:
        self.kind: Kind = kind
        self.target = target
        self.known: dict[str, Keyword] = keywords(kind, target)
        """Lower-case spelling to row, for this config's target."""
        self.top = top
        self.fragment = fragment
        self.files: dict[str, File] = {}
        self.tops: list[str] = []
        self.top_starts: list[int] = []
        """For each top file, the number of entries that are read before it."""
        self.system_start: int | None = None
        """The number of entries before those of ssh's system-wide file; None where that is no top file."""
        self.entries: list[Entry] = []
        self.blocks: list[Block] = []
        self.visits: list[FileVisit] = []
        """In the order in which the files end: an included file comes before the one that includes it."""
        self.too_deep: list[Entry] = []
        """Includes that are nested deeper than OpenSSH allows; it exits at the first."""
        self.unread: list[UnreadInclude] = []
        self.not_found: list[str] = []
        self.missing: list[MissingInclude] = []
        self.home_includes: list[Entry] = []
        """Includes of the system-wide file with a ``~``, which ssh refuses there."""
        self.is_for_one_host = False
        """Whether it has Includes whose names depend on the host, and are those of one host."""
        self.facts: MachineFacts | None = None
        """Permissions and owners of the files; None where the files are not this machine's own."""
        self.real_path: Callable[[str], object] = lambda path: path
        """Where links of a path lead to."""
        self.sysconfig = b""
        """What /etc/sysconfig/sshd has for the target's unit, as far as that machine's files are known."""
        self.notes: list[str] = []
        self.answers = CachedAnswers()
        self._index: dict[str, list[Entry]] | None = None
        self._spellings: dict[str, dict[str, Entry]] = {}

    @property
    def to_load(self) -> str:
        """How a client program gets to know a changed file; empty for OpenSSH, which reads its files."""
        return ""

    @property
    def is_template(self) -> bool:
        """Whether a file of it is a template, so that not all lines are known."""
        return any(file.language for file in self.files.values())

    def check_values_known(self) -> None:
        """Raises SshkeepError for a template: what takes effect is known of what is made from it."""
        for path, file in self.files.items():
            if file.language:
                raise SshkeepError(
                    f"{path} is {file.language.title}, whose values are not known",
                    "ask about what is made from it",
                )

    def lines(self, option: str) -> list[Entry]:
        """All entries that set the option ``option`` (lower case), under any alias, in order."""
        if self._index is None:
            self._index = self._indexed()
        return self._index.get(option, [])

    def spellings(self, option: str) -> dict[str, Entry]:
        """The names by which lines set ``option`` (lower case), as typed, each with its first line."""
        self.lines(option)
        return self._spellings.get(option, {})

    def _indexed(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = {}
        by_spelling: dict[str, list[Entry]] = {}
        for entry in self.entries:
            typed = entry.directive.line.name
            entries = by_spelling.get(typed)
            if entries is None:
                option = entry.keyword.option if entry.keyword else typed.lower()
                entries = by_spelling[typed] = index.setdefault(option, [])
                self._spellings.setdefault(option, {})[typed] = entry
            entries.append(entry)
        return index

    def in_second_top(self, entry: Entry) -> bool:
        """Whether the entry is in or below the client's system file, which is read after the user's."""
        return len(self.top_starts) > 1 and entry.index >= self.top_starts[1]

    def in_system_file(self, entry: Entry) -> bool:
        """Whether the entry is in or below the client's system file, alone or after the user's."""
        return self.system_start is not None and entry.index >= self.system_start

    def forget_answers(self) -> None:
        """Drop what was found out about the lines read so far, as more lines follow."""
        self.answers = CachedAnswers()
        self._index = None
        self._spellings = {}

    def names(self) -> set[str]:
        """Lower-case names of all options and unknown keywords in the tree."""
        self.lines("")
        return set(self._index or ())
