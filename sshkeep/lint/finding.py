"""What a rule finds, and the fix it proposes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import Intent
from sshkeep.syntax.source import Source, Span

LONGEST_NAME = 30
"""Characters of a block's line, or of another text from a file, within a message."""

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]
Standing = Literal["reported", "last", "hidden"]
"""Of a refused line: OpenSSH reports it, reports it as its last, or exits before it gets there."""


class Fix(NamedTuple):
    """A whole change: all of ``intents`` or none.

    ``safety`` has no default. Safe: the program behaves as before, or the finding is about exactly
    this change and it can't lock anyone out.
    """

    title: str
    safety: Safety
    intents: tuple[Intent, ...]


class Related(NamedTuple):
    """Another place that belongs to a finding."""

    source: Source
    span: Span
    message: str


class Finding(NamedTuple):
    """One problem at one place.

    ``label`` stands under the marked text, each of ``notes`` on a line below. ``concerns`` names what
    the finding is about beyond its span (see `concern`), so that one cause is told once. ``rule``,
    ``refused`` and, where the rule leaves it empty, ``severity`` are filled in by the runner.
    """

    message: str
    source: Source
    span: Span
    keyword: str = ""
    block: str = ""
    label: str = ""
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    concerns: tuple[str, ...] = ()
    severity: Severity | Literal[""] = ""
    rule: str = ""
    refused: Standing | None = None


def concern(keyword: str) -> str:
    """The name under which findings about a keyword's value for everyone meet."""
    return f"{keyword.lower()} for everyone"


def concerns(entry: Entry, keyword: str, config: Config) -> tuple[str, ...]:
    """What a line that should set ``keyword`` is about: the value for everyone, unless in a block."""
    return (concern(keyword),) if universal(entry.block, config.target.release) else ()


def concern_here(entry: Entry) -> str:
    """The name under which findings about what one line says meet."""
    return entry.directive.where


def set_beside(entry: Entry, keyword: str, config: Config) -> bool:
    """Whether ``keyword`` is set already where this line, spelt so, would set it."""
    release = config.target.release
    lines = accepted_lines(keyword.lower(), config)
    if any(other.block is entry.block for other, _ in lines):
        return True
    first = next((other for other, _ in lines if universal(other.block, release)), None)
    if first is None:
        return False
    return universal(entry.block, release) or first.index < entry.index


def at_entry(entry: Entry, message: str, span: Span | None = None) -> Finding:
    """A finding on one line: its keyword and arguments, unless ``span`` is narrower."""
    directive = entry.directive
    keyword = entry.keyword.name if entry.keyword else directive.line.name
    block = block_name(entry.block)
    return Finding(message, directive.file.source, span or directive.whole, keyword, block)


def in_short(text: str, most: int = LONGEST_NAME) -> str:
    """A file's own text, such as a block's line, cut to ``most`` characters: what is told stays short."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def line_of(entry: Entry, seen_from: Entry) -> str:
    """Where a line is: its number, behind the file's name where that is another than ``seen_from``'s."""
    if entry.directive.file is seen_from.directive.file:
        return f"line {entry.directive.number + 1}"
    return entry.directive.where


def related_entry(entry: Entry, message: str) -> Related:
    """A related place: one line."""
    return Related(entry.directive.file.source, entry.directive.whole, message)
