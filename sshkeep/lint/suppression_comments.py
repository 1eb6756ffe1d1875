"""Comments that suppress findings: parsed, with the lines they apply to and what is wrong with them.

# sshkeep: ignore[rule-id, other-id] reason        the line below, or the comments between
# sshkeep: ignore-block[rule-id] reason            the Host or Match block that holds it, or the one below
# sshkeep: ignore-file[rule-id] reason             the file; the only one for what is missing
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, cast

from sshkeep.config.tree.file import File
from sshkeep.edit.insertion_point import block_headers
from sshkeep.lint.relevant_rules import MARKER
from sshkeep.named import NamedTuple
from sshkeep.syntax.source import decode

Reach = Literal["ignore", "ignore-block", "ignore-file"]


class SuppressionComment(NamedTuple):
    """One comment for sshkeep, on line ``number`` (from 0) of ``file``, from byte ``start`` of the line on.

    It applies to the lines ``first`` to ``last``; ``last`` is -1 if it applies to none. ``wrong`` is
    the reason why it has no meaning; then ``rules`` is empty.
    """

    file: File
    number: int
    start: int
    reach: Reach = "ignore"
    rules: tuple[str, ...] = ()
    reason: str = ""
    first: int = 0
    last: int = -1
    wrong: str = ""

    @property
    def place(self) -> tuple[str, int, int]:
        """Path, line and byte, which no other comment has."""
        return self.file.source.path, self.number, self.start


NO_BRACKETS = "it names no rule in brackets"
NO_SUCH_FORM = "it is neither ignore, ignore-block nor ignore-file"
TRAILING = "it follows a setting on the same line"
NO_BLOCK = "it is outside of Host and Match blocks"
CUT = "a NUL byte is in the file"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The exact form, and what a near miss looks like. Compiled when the first such comment is read."""
    right = re.compile(
        r"sshkeep:[ \t]*(ignore|ignore-block|ignore-file)\[([^\[\]]*)\](?:[ \t]+(.*))?", re.DOTALL
    )
    meant = re.compile(r"sshkeep(?::|[ \t:=-]*(?:ignore|disable|suppress|noqa|skip|off)\b)", re.IGNORECASE)
    return right, meant


def comments_in(file: File) -> list[SuppressionComment]:
    """Every comment of the file that is for sshkeep, or looks like it; in order."""
    if MARKER not in file.source.data.lower():
        return []
    lines = file.source.lines
    settings = file.setting_numbers
    headers = [directive.number for directive in block_headers(file)]
    found: list[SuppressionComment] = []
    below: dict[int, int] = {}
    for number in reversed([n for n, raw in enumerate(lines) if MARKER in raw.lower()]):
        comment = _comment(file, number, settings)
        if comment and not comment.wrong:
            below[number] = _run_end(file, number, settings, below)
            comment = _with_reach(comment, below[number], headers)
        if comment:
            found.append(comment)
    return found[::-1]


def _comment(file: File, number: int, settings: set[int]) -> SuppressionComment | None:
    raw = file.source.lines[number]
    found = [place for mark in file.comment_marks if (place := raw.find(mark)) >= 0]
    start = min(found, default=-1)
    if number in settings:
        start = raw.rfind(b"#", 0, raw.lower().find(MARKER))
    if start < 0:
        return None
    text = decode(raw[start:]).lstrip(decode(b"".join(file.comment_marks))).strip(" \t\r\n\f")
    right, meant = _patterns()
    if not meant.match(text):
        return None
    comment = SuppressionComment(file, number, start)
    if file.cut:
        return comment._replace(wrong=CUT)
    if number in settings:
        return comment._replace(wrong=TRAILING)
    parsed = right.fullmatch(text)
    rules = tuple(name.strip() for name in parsed[2].split(",")) if parsed else ()
    if parsed is None or not all(rules):
        return comment._replace(wrong=NO_BRACKETS if "ignore" in text.lower() else NO_SUCH_FORM)
    return comment._replace(reach=cast(Reach, parsed[1]), rules=rules, reason=(parsed[3] or "").strip())


def _run_end(file: File, number: int, settings: set[int], below: dict[int, int]) -> int:
    """The line right below the comments from ``number`` on; the last comment if that line is blank."""
    lines = file.source.lines
    while number + 1 < len(lines):
        number += 1
        if number in below:
            return below[number]
        if number in settings:
            return number
        if not lines[number].lstrip(b" \t\r").startswith(file.comment_marks):
            return number - 1
    return number


def _with_reach(comment: SuppressionComment, end: int, headers: list[int]) -> SuppressionComment:
    if comment.reach == "ignore":
        return comment._replace(first=comment.number + 1, last=end)
    lines = len(comment.file.source.lines)
    if comment.reach == "ignore-file":
        return comment._replace(first=0, last=lines)
    from bisect import bisect_right

    place = bisect_right(headers, end) - 1
    if place < 0:
        return comment._replace(wrong=NO_BLOCK, rules=())
    last = headers[place + 1] - 1 if place + 1 < len(headers) else lines
    return comment._replace(first=headers[place], last=last)


def rules_named(comments: list[SuppressionComment]) -> Iterator[tuple[SuppressionComment, str]]:
    """Each rule that each comment names, once."""
    for comment in comments:
        for rule in dict.fromkeys(comment.rules):
            yield comment, rule
