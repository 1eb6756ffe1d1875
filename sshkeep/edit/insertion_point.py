"""Where to insert a line so that it takes effect."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from sshkeep.config.blocks.matching import second_pass_only, universal
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive, File
from sshkeep.edit.edits import Edit
from sshkeep.edit.style import BLOCK_INDENT, Style, insertion, line_ending, new_line, style_of
from sshkeep.openssh.tables.keywords import keywords, precedence
from sshkeep.openssh.tables.option import Keyword
from sshkeep.syntax.source import encode


def insert_global(
    keyword: str, values: Sequence[str], config: Config, into: str = "", moved: Collection[Entry] = ()
) -> Edit:
    """Insert lines that set ``keyword`` for everyone, where no line does so yet.

    sshd: over the commented default, else after the last line of the global part, above the first Match and
    its comments. ssh, where the first value wins: into the last ``Host *``, or into a new one at the end if
    lines for single hosts come after it. Options whose last value wins, or that must be read first, go on
    top. ``into`` is the file; empty for the top file. Lines that are ``moved`` away are not in the way.
    """
    file = config.files[into or config.tops[0]]
    option = config.known[keyword.lower()].option
    if option == "include":
        return _on_top(keyword, values, file)
    if config.kind == "sshd_config":
        return insert_in_range(keyword, values, file, 0, end_of_global_part(file), "")
    if option in READ_FIRST or precedence(option, config.kind).last_wins(config.target.release):
        return _on_top(keyword, values, file)
    block = _last_for_all(keyword, config, file, moved)
    if block is None:
        return append_block("Host *", keyword, values, file)
    first, end = block.header.number + 1, end_of_block(file, block.header)
    not_before = _behind_includes(block, _deciding_lines(option, config, moved), config)
    return insert_in_range(keyword, values, file, first, end, BLOCK_INDENT, not_before)


READ_FIRST = ("ignoreunknown", "include")
"""Options that change how later lines are read."""


def insert_in_range(
    keyword: str, values: Sequence[str], file: File, first: int, last: int, indent: str, not_before: int = 0
) -> Edit:
    """Insert in lines ``first`` to ``last`` (exclusive): over a commented default, or after all settings.

    A commented default before the line ``not_before`` is left.
    """
    settings = [d for d in file.directives if first <= d.number < last]
    neighbour = settings[-1] if settings else None
    style = style_of(neighbour, indent)
    source = file.source
    commented = _commented_default(keyword, file, max(first, not_before), last)
    if commented is not None:
        number, separator = commented
        start = source.start(number)
        lines = [new_line(keyword, value, Style(style.indent, separator)) for value in values]
        end = start + len(source.lines[number].rstrip(b"\r\n"))
        return Edit(source.path, start, end, line_ending(file).join(lines))
    number = neighbour.number + 1 if neighbour else _behind_heading(file, first, last)
    return insert_at_line(file, number, [new_line(keyword, value, style) for value in values])


def insert_at_line(file: File, number: int, lines: list[bytes]) -> Edit:
    """Insert ``lines`` before line ``number`` (from 0)."""
    at = file.source.start(number)
    return Edit(file.source.path, at, at, insertion(file, number, lines))


def _on_top(keyword: str, values: Sequence[str], file: File) -> Edit:
    """Insert above the first setting, and above the comments of a block that begins the file."""
    first = file.directives[0] if file.directives else None
    number = first.number if first else len(file.source.lines)
    if first and opens_block(first, keywords(file.kind, file.target)):
        number = first_comment_above(file, number)
    style = Style("", style_of(first).separator)
    return insert_at_line(file, number, [new_line(keyword, value, style) for value in values])


def _commented_default(keyword: str, file: File, first: int, last: int) -> tuple[int, str] | None:
    """A line like ``#ClientAliveInterval 0`` (keyword and value only) before any commented block.

    Its number, and what stands between its keyword and value.
    """
    default = keyword.encode() + rb"([ \t=]+)[^ \t\r\n]+[ \t\r]*$"
    either = rb"^[ \t]*#[ \t]*(?:(?:Match|Host)[ \t]|" + default + rb")"
    source = file.source
    found = re.compile(either, re.IGNORECASE | re.MULTILINE).search(
        source.data, source.start(first), source.start(last)
    )
    if found is None or found[1] is None:
        return None
    return source.position(found.start())[0] - 1, found[1].decode()


def _behind_heading(file: File, first: int, last: int) -> int:
    """The place in a part without settings: in a block after its header, else at the end of the part.

    Comment lines right above the next block belong to that block.
    """
    if first > 0:
        return first
    return last if last == len(file.source.lines) else first_comment_above(file, last)


def first_comment_above(file: File, number: int) -> int:
    """The first of the comment lines right above line ``number``, or ``number`` itself."""
    while number > 0 and file.source.lines[number - 1].lstrip().startswith(b"#"):
        number -= 1
    return number


def block_headers(file: File) -> list[Directive]:
    """The Host and Match lines of the file."""
    known = keywords(file.kind, file.target)
    return [directive for directive in file.directives if opens_block(directive, known)]


def opens_block(directive: Directive, known: Mapping[str, Keyword]) -> bool:
    """Whether the line is a Host or Match line; ``known`` are the target's keywords."""
    row = known.get(directive.line.name.lower())
    return row is not None and row.type.opens_block


def end_of_global_part(file: File) -> int:
    """The line number (from 0) at which the global part ends."""
    headers = block_headers(file)
    return headers[0].number if headers else len(file.source.lines)


def end_of_block(file: File, header: Directive) -> int:
    """The line number (from 0) at which the block of ``header`` ends."""
    later = [d.number for d in block_headers(file) if d.number > header.number]
    return later[0] if later else len(file.source.lines)


def _last_for_all(keyword: str, config: Config, file: File, moved: Collection[Entry] = ()) -> Block | None:
    """The top file's last ``Host *`` or ``Match all``, if no line for fewer hosts is read after it.

    The lines ``moved`` are on their way into it. Those of the system's file are read after any block of the
    user's, so they decide nothing here.
    """
    release = config.target.release
    top_level = [block for block in config.blocks if block.header.file is file and block.outer is None]
    for_all = [block for block in top_level if universal(block, release) and not second_pass_only(block)]
    if not for_all:
        return None
    next_block = next((block for block in top_level if block.before is for_all[-1]), None)
    option = config.known[keyword.lower()].option
    if next_block is not None and any(
        entry.index >= next_block.first_entry for entry in _deciding_lines(option, config, moved)
    ):
        return None
    return for_all[-1]


def _deciding_lines(option: str, config: Config, moved: Collection[Entry]) -> list[Entry]:
    """The lines of the option, and of the one that switches it off, that a new line in the top file meets."""
    rival = precedence(option, config.kind).switched_off_in(config.target.release)
    lines = [*config.lines(option), *(config.lines(rival.option) if rival else ())]
    leaving = {entry.index for entry in moved}
    return [entry for entry in lines if entry.index not in leaving and not config.in_second_top(entry)]


def _behind_includes(block: Block, lines: Collection[Entry], config: Config) -> int:
    """The line number (from 0) behind the last Include in the block that brings one of ``lines``.

    A line above that Include would win over those.
    """
    file = block.header.file
    included = [e.index for e in lines if e.directive.file is not file and e.index >= block.first_entry]
    if not included:
        return 0
    own = (e.directive.number for e in config.entries[: max(included)] if e.directive.file is file)
    return max(own, default=-1) + 1


def goes_to_new_block(keyword: str, config: Config, file: File, moved: Collection[Entry] = ()) -> bool:
    """Whether a line for everyone needs a new block of ssh, as no block for every host can take it.

    The lines ``moved`` don't count: they are on their way out of their block.
    """
    option = config.known[keyword.lower()].option
    if config.kind == "sshd_config" or option in READ_FIRST:
        return False
    if precedence(option, config.kind).last_wins(config.target.release):
        return False
    return _last_for_all(keyword, config, file, moved) is None


def append_block(header: str, keyword: str, values: Sequence[str], file: File) -> Edit:
    """Add a whole block at the end, after a blank line."""
    return append_settings(header, [(keyword, value) for value in values], file)


def append_settings(header: str, settings: Sequence[tuple[str, str]], file: File) -> Edit:
    """Add a whole block of keywords and arguments at the end, after a blank line."""
    lines = file.source.lines
    gap = [b""] if lines and lines[-1].strip() else []
    return insert_at_line(file, len(lines), [*gap, *_block_lines(header, settings, file)])


def block_lines(header: str, keyword: str, values: Sequence[str], file: File) -> list[bytes]:
    """The lines of a whole block, indented like the file's last indented line."""
    return _block_lines(header, [(keyword, value) for value in values], file)


def _block_lines(header: str, settings: Sequence[tuple[str, str]], file: File) -> list[bytes]:
    known = keywords(file.kind, file.target)
    indented = (d for d in reversed(file.directives) if d.line.start and not opens_block(d, known))
    style = style_of(next(indented, None), BLOCK_INDENT)
    return [encode(header), *(new_line(keyword, value, style) for keyword, value in settings)]
