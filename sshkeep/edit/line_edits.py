"""Edits of existing lines: replace or delete their parts, delete them, add lines after them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sshkeep.config.parse_line import ParsedEntry, ParsedLine, all_lines, value_span
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import File
from sshkeep.edit.edits import Edit
from sshkeep.edit.style import insertion, new_line, style_of
from sshkeep.syntax.source import encode


def path_of(entry: Entry) -> str:
    """The file that holds the line."""
    return entry.directive.file.source.path


def replace_arguments(entry: Entry, parsed: ParsedLine, text: str) -> Edit:
    """Replace the arguments of a line by ``text``; a comment after them stays."""
    line = entry.directive.line
    if not parsed.words and line.rest < line.end:
        return Edit(path_of(entry), *entry.directive.span(line.rest, line.end), encode(text))
    if not parsed.words:
        gap = b"" if line.rest > line.stop else b" "
        return Edit(path_of(entry), *entry.directive.span(line.end, line.end), gap + encode(text))
    return Edit(path_of(entry), *value_span(entry, parsed), encode(text))


def replace_keyword(entry: Entry, keyword: str) -> Edit:
    """Replace the keyword of a line."""
    line = entry.directive.line
    return Edit(path_of(entry), *entry.directive.span(line.start, line.stop), encode(keyword))


def remove_words(entry: Entry, parsed: ParsedLine, gone: Sequence[int]) -> list[Edit]:
    """Remove the words with the numbers ``gone``, each with the blanks before it.

    Words at the start are removed with the blanks after them instead. At least one word stays.
    """
    words = parsed.words
    going = set(gone)
    kept = min(number for number in range(len(words)) if number not in going)
    edits = []
    for number in gone:
        if number < kept:
            span = entry.directive.span(words[number].start, words[number + 1].start)
        else:
            span = entry.directive.span(words[number - 1].end, words[number].end)
        edits.append(Edit(path_of(entry), *span, b""))
    return edits


def replace_line(file: File, number: int, text: bytes) -> Edit:
    """Replace a whole line but its line ending; with no text, the line ending goes, too."""
    source = file.source
    start, end = source.start(number), source.start(number + 1)
    kept = len(source.lines[number].rstrip(b"\r\n")) if text else end - start
    return Edit(source.path, start, start + kept, text)


def delete_line(entry: Entry) -> Edit:
    """Delete a line with its line ending."""
    return Edit(path_of(entry), *entry.directive.span(0, len(entry.directive.raw)), b"")


def insert_after(entry: Entry, values: list[str]) -> Edit:
    """Add lines of the same keyword after a line."""
    file, number = entry.directive.file, entry.directive.number + 1
    style = style_of(entry.directive)
    text = insertion(file, number, [new_line(entry.directive.line.name, v, style) for v in values])
    return Edit(path_of(entry), file.source.start(number), file.source.start(number), text)


def comment_above(entry: Entry, text: str) -> Edit:
    """Add a comment line above a line."""
    raw, at = entry.directive.raw, entry.directive.span(0, 0)
    indent = raw[: entry.directive.line.start]
    ending = b"\r\n" if raw.endswith(b"\r\n") else b"\n"
    return Edit(path_of(entry), *at, indent + b"# " + encode(text) + ending)


def refused_lines_of(option: str, config: Config, chosen: Callable[[Entry], bool]) -> list[ParsedEntry]:
    """The refused lines of an option among the ``chosen``, except those refused only in a Match block."""
    return [
        (entry, parsed)
        for entry, parsed in all_lines(option, config)
        if parsed.problem and parsed.reason != "not in match" and chosen(entry)
    ]


def delete_lines(lines: Sequence[ParsedEntry]) -> list[Edit]:
    """Delete these lines."""
    return [delete_line(entry) for entry, _ in lines]


def replace_lines(lines: Sequence[ParsedEntry], values: Sequence[str]) -> list[Edit]:
    """Replace the first line by lines with ``values``, and delete the others."""
    entry, parsed = lines[0]
    more = [insert_after(entry, list(values[1:]))] if values[1:] else []
    return [replace_arguments(entry, parsed, values[0]), *more, *delete_lines(lines[1:])]
