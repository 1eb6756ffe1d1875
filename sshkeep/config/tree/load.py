"""Load a `Config`: read lines, blocks and Includes in the order in which OpenSSH does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sshkeep.config.local_machine import MachineFacts
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config, FileVisit, MissingInclude, UnreadInclude
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive, File
from sshkeep.config.tree.file_system import (
    MAX_FILES,
    MAX_LINE_BYTES,
    MAX_LINES,
    MAX_SETTINGS,
    FileSystem,
    UnreadableFile,
    is_in_memory,
)
from sshkeep.config.tree.include_paths import IncludeBase, IncludePattern, is_lost_include, resolve_include
from sshkeep.config.tree.template import template_language
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT, INCLUDE_TOKENS
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target
from sshkeep.syntax.source import Source
from sshkeep.syntax.words import BadQuotes

MAX_INCLUDE_DEPTH = 16
"""servconf.c SERVCONF_MAX_DEPTH, readconf.c READCONF_MAX_DEPTH: Includes below the top file."""


class UnknownName(Exception):
    """It is not known which file an Include names; the text gives the reason."""


IncludeNames = Callable[[str, Config], str | None]
"""Expands an Include's argument, given the lines before it; None where ssh includes nothing.

Raises UnknownName.
"""


class TopFile(NamedTuple):
    """A file that OpenSSH opens by itself, and where its Includes are searched."""

    path: str
    place: IncludeBase


def load_config(
    tops: Sequence[TopFile],
    kind: Kind,
    target: Target,
    files: FileSystem,
    *,
    fragment: bool = False,
    facts: MachineFacts | None = None,
    include_names: IncludeNames | None = None,
) -> Config:
    """The tree under ``tops`` (the live client has two: the user's file, then the system's).

    Without ``include_names``, Includes whose names depend on the host are not read.

    Raises FileNotFoundError, IsADirectoryError or Unreadable for a top file, and SshkeepError for
    Includes that bring in too many files.
    """
    walk = _Walk(Config(kind, target, tops[0].path, fragment=fragment), files, include_names)
    walk.config.facts = facts
    walk.config.real_path = files.identity
    if kind == "sshd_config" and target.has_policy_on_command_line:
        walk.config.sysconfig = _sysconfig(tops[0].place, files)
    for top in tops:
        walk.place = top.place
        walk.config.tops.append(top.path)
        walk.config.top_starts.append(len(walk.config.entries))
        if _for_all_users(top):
            walk.config.system_start = len(walk.config.entries)
        walk.read(walk.parse(top.path), None, 0)
    return walk.config


def _sysconfig(place: IncludeBase, files: FileSystem) -> bytes:
    if place.root is None and not place.live:
        return b""
    try:
        return files.read(f"{(place.root or '').rstrip('/')}/etc/sysconfig/sshd")
    except (OSError, UnreadableFile):
        return b""


def _for_all_users(top: TopFile) -> bool:
    """Whether it is ssh's system-wide file, which in a checkout is known by its name."""
    named_so = top.path.rpartition("/")[2] == "ssh_config"
    return top.place.system or (top.place.kind == "ssh_config" and not top.place.live and named_so)


class _Walk:
    def __init__(self, config: Config, files: FileSystem, include_names: IncludeNames | None) -> None:
        self.config = config
        self.include_names = include_names
        self.files = files
        self.place: IncludeBase
        self.count = 0
        self.lines = 0
        self.settings = 0
        self.rows: dict[str, Keyword | None] = {}
        """The target's row for each spelling that was met so far."""

    def parse(self, path: str) -> File:
        self.count += 1
        if self.count > MAX_FILES:
            raise SshkeepError(
                f"{self.config.top} includes more than {MAX_FILES} files",
                "sshkeep reads no more than that for one config",
            )
        file = self.config.files.get(path)
        if file is None:
            data = self.files.read(path)
            self.check_lines(data)
            # With --root / a file is read as the programs of this machine would read it.
            exactly = self.place.live or (self.place.root == "/" and not is_in_memory(self.files))
            language = template_language(path, data, by_content=not exactly)
            file = File(Source(path, data), self.config.kind, self.config.target, language)
            if language:
                self.config.notes.append(
                    f"{path} is {language.title}: only what holds for everything made from it is reported"
                )
            self.check_settings(file)
            self.config.files[path] = file
        return file

    def check_lines(self, data: bytes) -> None:
        """Raises SshkeepError for what would take minutes, or more memory than a machine may have."""
        self.lines += data.count(b"\n")
        if self.lines > MAX_LINES:
            raise SshkeepError(
                f"{self.config.top}: more than {MAX_LINES:,} lines",
                "sshkeep reads no more than that for one config",
            )

    def check_settings(self, file: File) -> None:
        """The same for one line of too many words; a comment may be as long as it likes."""
        if not file.cut and max(map(len, file.source.lines), default=0) <= MAX_LINE_BYTES:
            return
        for directive in file.directives:
            if len(directive.raw) > MAX_LINE_BYTES:
                raise SshkeepError(
                    f"{directive.where}: longer than {MAX_LINE_BYTES // 1024 // 1024} MiB",
                    "sshkeep reads no longer lines",
                )

    def read(self, file: File, outer: Block | None, depth: int) -> None:
        """Read the lines of one file. Its last block ends with it: the block of the Include goes on."""
        self.settings += len(file.directives)
        if self.settings > MAX_SETTINGS:
            raise SshkeepError(
                f"{self.config.top}: more than {MAX_SETTINGS:,} settings",
                "sshkeep reads no more than that for one config",
            )
        append, rows = self.config.entries.append, self.rows
        entries, blocks = self.config.entries, self.config.blocks
        first_entry, first_block = len(entries), len(blocks)
        block = outer
        for directive in file.directives:
            typed = directive.line.name
            row = (
                rows[typed] if typed in rows else rows.setdefault(typed, self.config.known.get(typed.lower()))
            )
            if row is not None and row.type.opens_block:
                if directive.has_expression:
                    continue
                begun = Block(directive, outer, block, len(blocks), len(entries))
                blocks.append(begun)
                block = begun if self.begins_block(directive) else block
                continue
            append(Entry(directive, block if directive.block_is_known else None, row, len(entries)))
            if row is not None and row.type.is_include:
                self.include(directive, block, depth)
        self.config.visits.append(FileVisit(first_entry, len(entries), first_block, len(blocks)))

    def begins_block(self, directive: Directive) -> bool:
        """Whether a Host or Match line begins a block.

        From 8.7 on a line without arguments, or with an open quote, is an error and the block before goes on
        (servconf.c process_server_config_line, readconf.c process_config_line_depth).
        """
        if self.config.target.release < ARGV_SPLIT:
            return True
        if directive.line.rest >= directive.line.end:
            return False
        if b'"' not in directive.raw and b"'" not in directive.raw:
            return True
        try:
            directive.words("words")
        except BadQuotes:
            return False
        return True

    def include(self, directive: Directive, block: Block | None, depth: int) -> None:
        try:
            words = directive.words("words")
        except BadQuotes:
            return
        for word in words:
            for path in self.find(directive, block, word.text):
                self.enter(path, directive, block, depth)

    def find(self, directive: Directive, block: Block | None, argument: str) -> list[str]:
        expands = self.config.kind == "ssh_config" and self.config.target.release >= INCLUDE_TOKENS
        if expands and ("%" in argument or "${" in argument):
            try:
                argument = self.expanded(argument)
            except UnknownName as error:
                self.unread(argument, directive, block, str(error))
                return []
        if self.config.kind == "sshd_config" and is_lost_include(argument, self.config.target.release):
            return []
        if self.place.system and argument.startswith("~"):
            self.config.home_includes.append(self.config.entries[-1])
            return []
        wanted = resolve_include(argument, self.place) if argument else None
        found = paths_of(wanted, self.files) if wanted else []
        if not found and not self.place.live and self.place.root is None:
            self.config.not_found.append(argument)
        elif not found and not any(wild in argument for wild in "*?["):
            self.config.missing.append(MissingInclude(argument, self.config.entries[-1]))
        return found

    def expanded(self, argument: str) -> str:
        """The name for the host that is asked about; empty for none."""
        if self.include_names is None:
            raise UnknownName("its name depends on the host (effective --host NAME reads it)")
        self.config.is_for_one_host = True
        return self.include_names(argument, self.config) or ""

    def enter(self, path: str, directive: Directive, block: Block | None, depth: int) -> None:
        if self.config.too_deep:
            return
        if depth >= MAX_INCLUDE_DEPTH:
            self.config.too_deep.append(self.config.entries[-1])
            return
        try:
            file = self.parse(path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return
        except UnreadableFile as error:
            self.unread(path, directive, block, str(error))
            return
        self.read(file, block, depth + 1)

    def unread(self, path: str, directive: Directive, block: Block | None, why: str) -> None:
        self.config.unread.append(UnreadInclude(path, directive, block, len(self.config.entries), why))


def paths_of(wanted: IncludePattern, files: FileSystem) -> list[str]:
    """The files that an Include names, in the order in which they are read."""
    found = files.glob(_pattern(wanted))
    if not wanted.confined or not found:
        return found
    base = str(files.identity(wanted.base or ".")).rstrip("/") + "/"
    return [path for path in found if str(files.identity(path)).startswith(base)]


def _pattern(wanted: IncludePattern) -> str:
    if not wanted.confined:
        return wanted.rest
    # glob.escape does this, and compiles expressions for it.
    base = "".join([f"[{each}]" if each in "*?[" else each for each in wanted.base])
    return wanted._replace(base=base).path
