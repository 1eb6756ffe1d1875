"""Edits of one line that is there."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.parse_line import ParsedLine, value_span
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import Edit
from sshkeep.syntax.source import encode


def path_of(entry: Entry) -> str:
    """The file that holds the line."""
    return entry.directive.file.source.path


def with_arguments(entry: Entry, parsed: ParsedLine, text: str) -> Edit:
    """The line's arguments become ``text``; a comment behind them stays."""
    line = entry.directive.line
    if not parsed.words and line.rest < line.end:
        return Edit(path_of(entry), *entry.directive.span(line.rest, line.end), encode(text))
    if not parsed.words:
        gap = b"" if line.rest > line.stop else b" "
        return Edit(path_of(entry), *entry.directive.span(line.end, line.end), gap + encode(text))
    return Edit(path_of(entry), *value_span(entry, parsed), encode(text))


def with_keyword(entry: Entry, keyword: str) -> Edit:
    """The line's keyword becomes ``keyword``."""
    line = entry.directive.line
    return Edit(path_of(entry), *entry.directive.span(line.start, line.stop), encode(keyword))


def without_words(entry: Entry, parsed: ParsedLine, gone: Sequence[int]) -> list[Edit]:
    """The words numbered ``gone`` go, each with the blanks that separate it from the one before.

    Where the first one goes, it takes the blanks behind it instead. Some words stay.
    """
    words = parsed.words
    kept = min(number for number in range(len(words)) if number not in gone)
    edits = []
    for number in gone:
        if number < kept:
            span = entry.directive.span(words[number].start, words[number + 1].start)
        else:
            span = entry.directive.span(words[number - 1].end, words[number].end)
        edits.append(Edit(path_of(entry), *span, b""))
    return edits


def deleted(entry: Entry) -> Edit:
    """The line goes, with its line ending."""
    return Edit(path_of(entry), *entry.directive.span(0, len(entry.directive.raw)), b"")
