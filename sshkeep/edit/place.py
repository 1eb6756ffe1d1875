"""Where a setting for everyone must stand when no line sets it yet."""

from __future__ import annotations

import re

from sshkeep.config.load import BLOCK_TYPES
from sshkeep.config.matching import delayed, universal
from sshkeep.config.model import Config, Context, Directive, File
from sshkeep.edit.edits import Edit
from sshkeep.edit.style import BLOCK_INDENT, Style, insertion, new_line, style_of
from sshkeep.openssh.keyword import keywords


def place_for_everyone(keyword: str, value: str, config: Config) -> Edit:
    """The edit that makes ``keyword`` be ``value`` by default; nothing in ``config`` does so far.

    sshd: in place of the commented default, else behind the last line of the global part, which is
    above the first Match and the comments that go with it. ssh: the first value wins, so into the
    last ``Host *``, or into a new one at the end where lines for single hosts would come after it.
    """
    file = config.files[config.tops[0]]
    if config.kind == "sshd_config":
        return _in_range(keyword, value, file, 0, _first_block(file), "")
    block = _last_for_all(keyword, config, file)
    if block is None:
        return _new_block(keyword, value, file)
    first = block.header.number + 1
    return _in_range(keyword, value, file, first, _next_block(file, block.header), BLOCK_INDENT)


def _in_range(keyword: str, value: str, file: File, first: int, last: int, indent: str) -> Edit:
    """Among lines ``first`` to ``last`` (exclusive): over a commented default, or after all settings."""
    settings = [d for d in file.directives if first <= d.number < last]
    neighbour = settings[-1] if settings else None
    style = style_of(neighbour, indent)
    source = file.source
    commented = _commented_default(keyword, file, first, last)
    if commented is not None:
        number, separator = commented
        start = source.start(number)
        text = new_line(keyword, value, Style(style.indent, separator))
        return Edit(source.path, start, start + len(source.lines[number].rstrip(b"\r\n")), text)
    number = neighbour.number + 1 if neighbour else _behind_heading(file, first, last)
    lines = [new_line(keyword, value, style)]
    return Edit(source.path, source.start(number), source.start(number), insertion(file, number, lines))


def _commented_default(keyword: str, file: File, first: int, last: int) -> tuple[int, str] | None:
    """A line like ``#ClientAliveInterval 0`` (keyword and value only) before any commented block.

    Its number, and what stands between its keyword and value.
    """
    word = keyword.encode()
    default = re.compile(rb"[ \t]*#[ \t]*" + word + rb"([ \t=]+)[^ \t\r\n]+[ \t\r\n]*\Z", re.IGNORECASE)
    heading = re.compile(rb"[ \t]*#[ \t]*(?:Match|Host)[ \t]", re.IGNORECASE)
    for number in range(first, last):
        raw = file.source.lines[number]
        if heading.match(raw):
            return None
        found = default.match(raw)
        if found:
            return number, found[1].decode()
    return None


def _behind_heading(file: File, first: int, last: int) -> int:
    """For a part without settings: inside a block right behind its header, else at the part's end,
    but above the comment lines that stand right over the next block."""
    if first > 0:
        return first
    lines = file.source.lines
    if last == len(lines):
        return last
    while last > 0 and lines[last - 1].lstrip().startswith(b"#"):
        last -= 1
    return last


def _headers(file: File) -> list[Directive]:
    return [d for d in file.directives if _is_header(d)]


def _is_header(directive: Directive) -> bool:
    row = keywords(directive.file.kind, directive.file.target).get(directive.line.name.lower())
    return row is not None and row.type in BLOCK_TYPES


def _first_block(file: File) -> int:
    headers = _headers(file)
    return headers[0].number if headers else len(file.source.lines)


def _next_block(file: File, header: Directive) -> int:
    later = [d.number for d in _headers(file) if d.number > header.number]
    return later[0] if later else len(file.source.lines)


def _last_for_all(keyword: str, config: Config, file: File) -> Context | None:
    """The top file's last ``Host *`` or ``Match all``, if no line for fewer hosts comes after it."""
    release = config.target.release
    blocks = [
        context
        for context in config.headers
        if context.header.file is file
        and context.outer is None
        and universal(context, release)
        and not delayed(context)
    ]
    if not blocks:
        return None
    behind = _next_block(file, blocks[-1].header)
    meaning = config.known[keyword.lower()].meaning
    for entry in config.lines(meaning):
        if entry.directive.file is not file or entry.directive.number >= behind:
            return None
    return blocks[-1]


def _new_block(keyword: str, value: str, file: File) -> Edit:
    lines = file.source.lines
    indented = [d for d in file.directives if d.line.start and not _is_header(d)]
    style = style_of(indented[-1] if indented else None, BLOCK_INDENT)
    gap = [b""] if lines and lines[-1].strip() else []
    text = insertion(file, len(lines), [*gap, b"Host *", new_line(keyword, value, style)])
    end = len(file.source.data)
    return Edit(file.source.path, end, end, text)
