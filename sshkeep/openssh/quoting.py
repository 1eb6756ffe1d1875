"""Arguments as they must be written for a target to read them back as they are meant."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT
from sshkeep.openssh.splitting import split_arguments
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target
from sshkeep.syntax.source import encode
from sshkeep.syntax.words import BadQuotes, split_line

_CONTROL = frozenset((*range(0x20), 0x7F)) - {ord("\t")}
"""Line breaks, NUL, escapes: OpenSSH takes some of them inside words, and nobody means them."""
_BLANK = frozenset(" \t")
_QUOTED_FOR = frozenset(" \t\"'\\")


def quote_arguments(words: Sequence[str], row: Keyword, kind: Kind, target: Target) -> str:
    """``words`` as one line's arguments, quoted where the target's splitter needs it.

    Raises SshkeepError for what no spelling can say there, such as a line break, or a quote up to 8.6.
    """
    text = " ".join(words if row.type.takes_rest_of_line else (_quoted(word, target) for word in words))
    read = _read_back(text, row, kind, target)
    # Up to 8.6 there is an empty word behind a closing quote, which nothing looks at.
    if read is not None and target.release < ARGV_SPLIT and read[-1:] == [""]:
        read.pop()
    if read != _meant(words, row):
        raise SshkeepError(
            f"{row.name} {' '.join(words)}: {target.name} can't read this in any spelling",
            "mind line breaks, quotes, comments and empty words",
        )
    return text


def _quoted(word: str, target: Target) -> str:
    if target.release < ARGV_SPLIT:
        return f'"{word}"' if _BLANK & set(word) or word.startswith("=") else word
    if word and not _QUOTED_FOR & set(word) and not word.startswith(("#", "=")):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _meant(words: Sequence[str], row: Keyword) -> list[str]:
    return [" ".join(words)] if row.type.takes_rest_of_line else list(words)


def _read_back(text: str, row: Keyword, kind: Kind, target: Target) -> list[str] | None:
    raw = encode(f"{row.name} {text}")
    line = split_line(raw)
    if line is None or line.name != row.name or _CONTROL & {*raw}:
        return None
    try:
        return [word.text for word in split_arguments(raw, line, kind, target.release, row.type.splitting)]
    except BadQuotes:
        return None
