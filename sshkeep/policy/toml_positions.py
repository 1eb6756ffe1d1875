"""The positions of keys and values in a TOML file that Python's parser has accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sshkeep.named import NamedTuple
from sshkeep.policy.nodes import Keys, Position

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r]+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<word>
        \"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}
        |\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'
        |[^\s\[\]{}=,.\"'\#]+
    )
    |(?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def longest_key(text: str) -> int:
    """How many dots the key with most of them has; the parser takes long for thousands, so ask first."""
    most = dots = 0
    for token in _tokens(text):
        dots = dots + 1 if token.text == "." else dots if token.kind == "word" else 0
        most = max(most, dots)
    return most


def toml_positions(text: str) -> dict[Keys, Position]:
    """By the keys that lead there; members of lists have their index. The file itself, (), is at 1:1.

    Raises RecursionError for lists within lists that are very deep, as the parser does.
    """
    return _Scan(list(_tokens(text))).file()


class _Token(NamedTuple):
    kind: str
    text: str
    position: Position


def _tokens(text: str) -> Iterator[_Token]:
    """All but white space and comments."""
    line, begin = 1, 0
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "space":
            yield _Token(str(found.lastgroup), found[0], Position(line, found.start() - begin + 1))
        if breaks := found[0].count("\n"):
            line += breaks
            begin = found.start() + found[0].rindex("\n") + 1


class _Scan:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.found: dict[Keys, Position] = {(): Position(1, 1)}
        self.counts: dict[Keys, int] = {}
        """How many tables each array of tables has so far."""

    def file(self) -> dict[Keys, Position]:
        table: Keys = ()
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "newline":
                self.at += 1
            elif token.text == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.found

    def is_next(self, *texts: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].text in texts

    def passed(self, text: str) -> bool:
        """Whether this comes next; then the scan goes on behind it."""
        there = self.is_next(text)
        self.at += there
        return there

    def header(self) -> Keys:
        """``[table]``, or ``[[array]]`` with one more table; the keys of what follows."""
        position = self.tokens[self.at].position
        self.passed("[")
        is_array = self.passed("[")
        *outer, last = self.names()
        keys: Keys = ()
        for name in outer:
            keys = (*keys, name)
            keys = (*keys, self.counts[keys] - 1) if keys in self.counts else keys
            self.found.setdefault(keys, position)
        keys = (*keys, last)
        self.found.setdefault(keys, position)
        if is_array:
            self.counts[keys] = self.counts.get(keys, 0) + 1
            keys = (*keys, self.counts[keys] - 1)
            self.found[keys] = position
        while self.passed("]"):
            pass
        return keys

    def names(self) -> list[str]:
        """A key: several names where it is dotted."""
        names = []
        while self.at < len(self.tokens) and (self.tokens[self.at].kind == "word" or self.is_next(".")):
            text = self.tokens[self.at].text
            if text != ".":
                names.append(text[1:-1] if text[0] in "\"'" else text)
            self.at += 1
        return names

    def pair(self, keys: Keys) -> None:
        """``key = value``."""
        position = self.tokens[self.at].position
        for name in self.names():
            keys = (*keys, name)
            self.found.setdefault(keys, position)
        self.passed("=")
        self.value(keys)

    def value(self, keys: Keys) -> None:
        if self.passed("["):
            self.members(keys)
        elif self.passed("{"):
            while not self.passed("}"):
                if not self.passed(",") and not self.passed("\n"):
                    self.pair(keys)
        else:
            while self.at < len(self.tokens) and not self.is_next("\n", ",", "]", "}"):
                self.at += 1

    def members(self, keys: Keys) -> None:
        count = 0
        while not self.passed("]"):
            if self.passed(",") or self.passed("\n"):
                continue
            self.found[(*keys, count)] = self.tokens[self.at].position
            self.value((*keys, count))
            count += 1
