"""Reads one line as one target does, without a config around it."""

from __future__ import annotations

from functools import cache

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT
from sshkeep.openssh.splitting import split_arguments
from sshkeep.openssh.tables.keywords import keywords
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import target_of
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value
from sshkeep.openssh.values.value_type import Printing, Texts, ValueType
from sshkeep.syntax.source import encode
from sshkeep.syntax.words import BadQuotes, split_line
from tests.openssh.values.case import REFUSED

target_by_name = cache(target_of)


def read(kind: Kind, line: str, target_name: str) -> tuple[ValueType, Value]:
    """The type of the line's keyword, and the value of its arguments or `REFUSED`."""
    target, raw = target_by_name(target_name), encode(line)
    cut = split_line(raw, strip_margin=kind == "sshd_config")
    assert cut
    row = keywords(kind, target)[cut.name.lower()]
    if cut.rest >= cut.end and target.release >= ARGV_SPLIT:
        return row.type, REFUSED  # seen before anything looks at the type
    try:
        return row.type, value_of(kind, line, target_name)
    except (BadQuotes, BadValue):
        return row.type, REFUSED


def value_of(
    kind: Kind, line: str, target_name: str, *, active: bool = True, open_quote: bool = False
) -> Value:
    """Raises BadValue, or BadQuotes; ``active`` and ``open_quote`` are those of `Arguments`."""
    row, arguments = arguments_of(kind, line, target_name)
    return row.type.read(arguments._replace(active=active, open_quote=open_quote))


def arguments_of(kind: Kind, line: str, target_name: str) -> tuple[Keyword, Arguments]:
    """The keyword's row, and what stands behind it."""
    target, raw = target_by_name(target_name), encode(line)
    cut = split_line(raw, strip_margin=kind == "sshd_config")
    assert cut
    row = keywords(kind, target)[cut.name.lower()]
    found = split_arguments(raw, cut, kind, target.release, row.type.splitting)
    quoted = tuple(len(word.text) < word.end - word.start for word in found)
    words = tuple(word.text for word in found)
    return row, Arguments(words, row.name, row.option, kind, target, quoted)


def printed(kind: Kind, line: str, target_name: str, *, adds: bool = False, default: Texts = ()) -> Texts:
    """What the program prints behind the keyword for the line alone; ``default`` is for no line."""
    row, arguments = arguments_of(kind, line, target_name)
    printing = Printing(kind, target_by_name(target_name), adds, lambda: default)
    return row.type.printed(row.type.read(arguments), printing)
