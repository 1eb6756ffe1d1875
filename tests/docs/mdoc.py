"""Text in mdoc, the language of manual pages (mdoc(7))."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")


def text(prose: str) -> Iterator[str]:
    """Lines of text, each sentence on a line of its own; `code` in bold."""
    for sentence in _SENTENCE.split(" ".join(prose.split())):
        marked = re.sub(r"`([^`]*)`", r"\\fB\1\\fR", sentence.replace("\\", "\\e"))
        marked = marked.replace("-", "\\-").replace("~", "\\(ti").replace("^", "\\(ha")
        for line in wrap(marked, 78, break_long_words=False, break_on_hyphens=False):
            yield f"\\&{line}" if line.startswith((".", "'")) else line


def argument(word: str) -> str:
    """One argument of a macro."""
    escaped = word.replace("\\", "\\e").replace('"', "\\(dq").replace("-", "\\-").replace("~", "\\(ti")
    # A word that is a macro's name or punctuation is text with \& in front.
    return f'"\\&{escaped}"' if " " in escaped or len(escaped) < 4 else escaped


def items(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A list of heads, which are lines of macros, each with the text below it."""
    listed = list(pairs)
    if not listed:
        return
    yield ".Bl -tag -width Ds"
    for head, prose in listed:
        yield f".It {head}"
        yield from text(prose)
    yield ".El"


def literal(lines: str) -> Iterator[str]:
    """A block that is shown as it is."""
    yield ".Bd -literal -offset indent"
    for line in lines.rstrip("\n").split("\n"):
        escaped = line.replace("\\", "\\e").replace("-", "\\-")
        yield f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
    yield ".Ed"
