"""Edits of one line that is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sshkeep.config.parse_line import ParsedEntry, ParsedLine, all_lines, value_span
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import Edit
from sshkeep.edit.style import insertion, new_line, style_of
from sshkeep.syntax.source import encode


def path_of(entry: Entry) -> str:
    """The file that holds the line."""
    return entry.directive.file.source.path


def replace_arguments(entry: Entry, parsed: ParsedLine, text: str) -> Edit:
    """The line's arguments become ``text``; a comment behind them stays."""
    line = entry.directive.line
    if not parsed.words and line.rest < line.end:
        return Edit(path_of(entry), *entry.directive.span(line.rest, line.end), encode(text))
    if not parsed.words:
        gap = b"" if line.rest > line.stop else b" "
        return Edit(path_of(entry), *entry.directive.span(line.end, line.end), gap + encode(text))
    return Edit(path_of(entry), *value_span(entry, parsed), encode(text))


def replace_keyword(entry: Entry, keyword: str) -> Edit:
    """The line's keyword becomes ``keyword``."""
    line = entry.directive.line
    return Edit(path_of(entry), *entry.directive.span(line.start, line.stop), encode(keyword))


def remove_words(entry: Entry, parsed: ParsedLine, gone: Sequence[int]) -> list[Edit]:
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


def delete_line(entry: Entry) -> Edit:
    """The line goes, with its line ending."""
    return Edit(path_of(entry), *entry.directive.span(0, len(entry.directive.raw)), b"")


def insert_after(entry: Entry, values: list[str]) -> Edit:
    """More lines of the same keyword behind one."""
    file, number = entry.directive.file, entry.directive.number + 1
    style = style_of(entry.directive)
    text = insertion(file, number, [new_line(entry.directive.line.name, v, style) for v in values])
    return Edit(path_of(entry), file.source.start(number), file.source.start(number), text)


def refused_lines_of(option: str, config: Config, meant: Callable[[Entry], bool]) -> list[ParsedEntry]:
    """Those of the lines that are ``meant``, save what only stands in the wrong place."""
    return [
        (entry, parsed)
        for entry, parsed in all_lines(option, config)
        if parsed.problem and parsed.reason != "not in match" and meant(entry)
    ]


def delete_lines(refused: Sequence[ParsedEntry]) -> list[Edit]:
    """They go."""
    return [delete_line(entry) for entry, _ in refused]


def replace_lines(refused: Sequence[ParsedEntry], values: Sequence[str]) -> list[Edit]:
    """The first of them says the first of ``values``, the others stand behind it."""
    entry, parsed = refused[0]
    more = [insert_after(entry, list(values[1:]))] if values[1:] else []
    return [replace_arguments(entry, parsed, values[0]), *more, *delete_lines(refused[1:])]
