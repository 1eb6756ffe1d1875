"""The words that users read: what is not written, and how long a sentence may be. CONTRIBUTING.md has the reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

BANNED = {
    r"is told\b": "is reported",
    r"somebody": "a user",
    r"mend(s|ed|ing)?\b": "fix",
    r"belongs? into": "belongs in",
    r"(?<!there )is no (?!longer\b|more\b|secret\b)": "is not a",
    r"anew\b": "again",
    r"for ever\b": "forever",
    r"laid (over|out)\b": "mounted over; arranged",
    r"any more\b": "no longer",
    r"whoever": "anyone who",
    r"hangs on (?!a |it\b|the )": "depends on",
    r"vouch": "confirm",
    r"stands? (behind|in) ": "comes after; is in",
    r"counts? for (every|all|one|only|the)": "applies to",
    r"goes? on to": "ends at",
    r"speaks? of|silent on": "reports; does not report",
    r"nothing but": "only",
    r"surely": "certainly",
    r"no (value|keyword) of": "is not a valid value for",
    r"no block decides": "except where a block sets its own",
    r"knows no ": "does not have",
    r"is its successor": "use X instead",
    r"does nothing any": "no longer does anything",
    r"takes? the line away": "delete the line",
    r"belongs? to who": "belongs to the user who",
    r"utili[sz]e": "use",
    r"in order to": "to",
    r"simply\b": "(leave it out)",
}
"""Regular expressions for words and idioms, from a word's beginning, and what is written instead."""

LONGEST = {"docs": 36, "message": 28}
"""Words of a sentence."""

_CODE = re.compile(r"```.*?```|<!--.*?-->|`[^`\n]*`|\"[^\"\n]*\"|\]\([^)]*\)", re.DOTALL)
_END = re.compile(r"(?<=[.!?:;])\s+|\n\n|\n(?=[-|#*]|\d+\. )|\|")


def problems(text: str, kind: str) -> Iterator[str]:
    """What is wrong with a text: Markdown of ``docs``, or a ``message``."""
    prose = _CODE.sub(lambda code: "X" if code[0][0] in '`"' else "]", text)
    for pattern, instead in BANNED.items():
        for found in re.finditer(rf"\b(?:{pattern})", prose, re.IGNORECASE):
            near = prose[max(0, found.start() - 40) : found.end() + 30].replace("\n", " ")
            yield f"{found[0]!r} in {near!r}: {instead}"
    for sentence in _END.split(prose):
        count = len(sentence.split())
        if count > LONGEST[kind]:
            yield f"{count} words: {' '.join(sentence.split())}"
