"""Colours: which words are keywords, values and comments, as this target reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lsprotocol import types

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive, File
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.outline import own_file
from sshkeep.lsp.positions import units
from sshkeep.named import NamedTuple
from sshkeep.syntax.words import BadQuotes

LEGEND = types.SemanticTokensLegend(
    token_types=["keyword", "namespace", "variable", "enumMember", "number", "string", "comment"],
    token_modifiers=[],
)
"""``namespace`` is Host and Match, ``variable`` a keyword that the target does not know."""
MOST_COLOURED = 20_000
"""A longer text gets no tokens: there are hundreds of thousands of them."""
_PART = re.compile(rb"[^\r\n]+")
_NUMBER = re.compile(r"\d+(?:[smhdw]\d*|[KMG])*", re.IGNORECASE)


class _Token(NamedTuple):
    """A part of a line: bytes from its start."""

    line: int
    start: int
    end: int
    type: str


def semantic_tokens(analysis: Analysis) -> types.SemanticTokens:
    """The tokens of the document, each relative to the one before."""
    found, config = own_file(analysis), analysis.config
    if found is None or config is None or found[0].cut or len(found[0].source.lines) > MOST_COLOURED:
        return types.SemanticTokens([])
    file, positions = found
    data: list[int] = []
    line = character = 0
    for token in _in_one_line(_tokens(file, config), file):
        raw = file.source.lines[token.line]
        place = positions.position(file.source.start(token.line) + token.start)
        down = place.line - line
        right = place.character - (0 if down else character)
        length = units(raw[token.start : token.end])
        data += [down, right, length, LEGEND.token_types.index(token.type), 0]
        line, character = place.line, place.character
    return types.SemanticTokens(data)


def _in_one_line(tokens: Iterable[_Token], file: File) -> Iterator[_Token]:
    """The tokens without those that are empty, and in parts where a lone carriage return is in one.

    OpenSSH reads on behind it, but for an editor a line ends there.
    """
    for token in tokens:
        for part in _PART.finditer(file.source.lines[token.line], token.start, token.end):
            yield token._replace(start=part.start(), end=part.end())


def _tokens(file: File, config: Config) -> Iterator[_Token]:
    directives = {each.number: each for each in file.directives}
    for number, raw in enumerate(file.source.lines):
        end = len(raw.rstrip())
        directive = directives.get(number)
        if directive is None:
            start = len(raw) - len(raw.lstrip())
            if raw[start : start + 1] == b"#":
                yield _Token(number, start, end, "comment")
            continue
        last = directive.line.stop
        for token in _of_line(directive, config):
            last = token.end
            yield token
        comment = raw.find(b"#", last, end)
        if comment >= 0:
            yield _Token(number, comment, end, "comment")


def _of_line(directive: Directive, config: Config) -> Iterator[_Token]:
    line, number = directive.line, directive.number
    row = config.known.get(line.name.lower())
    kind = "variable" if row is None else "namespace" if row.type.opens_block else "keyword"
    yield _Token(number, line.start, line.stop, kind)
    try:
        words = directive.words(row.type.splitting if row else "words")
    except BadQuotes:
        return
    choices = row.type.choices(config.target) if row and row.type.choices else {}
    for word in words:
        of_value = "enumMember" if word.text.lower() in choices else "string"
        of_value = "number" if _NUMBER.fullmatch(word.text) else of_value
        yield _Token(number, word.start, word.end, of_value)
