"""Text in lines that fit."""

from __future__ import annotations

import re
from textwrap import wrap

_TIME = re.compile(r"[0-9]+ (?:s|min|h|days?)(?: [0-9]+ (?:s|min|h))?\b")


def wrapped(text: str, width: int, first: str, more: str, *, any_word: bool = False) -> list[str]:
    """``text`` in lines of ``width`` columns, which begin with ``first`` and ``more``.

    Times are not broken, nor are long words, which may be pasted, unless with ``any_word``.
    """
    lines = wrap(
        _TIME.sub(lambda time: time[0].replace(" ", "\0"), text),
        width,
        initial_indent=first,
        subsequent_indent=more,
        break_long_words=any_word,
        break_on_hyphens=False,
    )
    return [line.replace("\0", " ") for line in lines]
