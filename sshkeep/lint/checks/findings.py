"""Where a finding points, and which findings have one cause."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.blocks.matching import universal
from sshkeep.config.tree.block import Block, block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.insertion_point import insert_global
from sshkeep.lint.finding import Finding, Related
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import Source, Span, decode
from sshkeep.syntax.words import Word

MAX_QUOTED = 30
"""Characters of a block's line, or of another text from a file, within a message."""


def global_value_concern(keyword: str) -> str:
    """The concern that findings about a keyword's value for everyone share."""
    return f"{keyword.lower()} for everyone"


def value_concerns(entry: Entry, keyword: str, config: Config) -> tuple[str, ...]:
    """The concerns of a line that should set ``keyword``: the value for everyone, unless it is in a block."""
    return (global_value_concern(keyword),) if universal(entry.block, config.target.release) else ()


def line_value_concern(entry: Entry) -> str:
    """The concern that findings about the value on one line share."""
    return entry.directive.where


def at_entry(entry: Entry, message: str, span: Span | None = None) -> Finding:
    """A finding on one line: its keyword and arguments, unless ``span`` is narrower."""
    directive = entry.directive
    keyword = entry.keyword.name if entry.keyword else directive.line.name
    block = block_name(entry.block)
    return Finding(message, directive.file.source, span or directive.whole, keyword, block)


def in_short(text: str, most: int = MAX_QUOTED) -> str:
    """Text from a file, such as a block's line, cut to ``most`` characters, since messages stay short."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def as_written(entry: Entry, words: Iterable[Word]) -> str:
    """Arguments of a line with their quotes, without which two words could be one."""
    return " ".join(decode(entry.directive.raw[word.start : word.end]) for word in words)


def about_block(message: str, block: str) -> Phrase:
    """The message on what is only so in a block."""
    return Phrase("{message} ({block})", message=message, block=block)


def title_in_block(setting: str, block: str) -> Phrase:
    """The title of a fix in a block."""
    return Phrase("{setting} in {block}", setting=setting, block=block)


def line_of(entry: Entry, seen_from: Entry) -> Phrase:
    """The position of a line: its number, after the file's name if ``seen_from`` is in another file."""
    return place_of(entry, in_its_file=entry.directive.file is seen_from.directive.file)


def place_of(entry: Entry, *, in_its_file: bool) -> Phrase:
    """The position of a line, without the file's name where that is known."""
    number = entry.directive.line_number
    if in_its_file:
        return Phrase("line {number}", number=number)
    return Phrase("{path}:{number}", path=number.path, number=number)


def related_entry(entry: Entry, message: str) -> Related:
    """One line as a related place."""
    return Related(entry.directive.file.source, entry.directive.whole, message)


def line_concern(entry: Entry) -> str:
    """The concern that all findings about one line share, whatever their span."""
    return f"line {entry.directive.where}"


def include_concern(block: Block) -> str:
    """The concern that findings about files included within one block share."""
    return f"included within {block.header.where}"


def at_header(block: Block, message: str) -> Finding:
    """A finding on a Host or Match line."""
    header = block.header
    keyword = header.line.name.capitalize()
    return Finding(message, header.file.source, header.whole, keyword, block_name(block))


def missing_position(keyword: str, config: Config) -> tuple[Source, Span]:
    """Where a fix inserts a missing setting: the commented default, or an empty span.

    For an insertion after the last line, the span is at the start of that line.
    """
    edit = insert_global(keyword, ("0",), config)
    source = config.files[edit.path].source
    if edit.start == edit.end == len(source.data) and source.lines:
        last = source.start(len(source.lines) - 1)
        return source, Span(last, last)
    return source, Span(edit.start, edit.end)
