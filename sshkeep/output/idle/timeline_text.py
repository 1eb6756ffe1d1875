"""A timeline in a terminal: a lane for each end and one for the path, times below, then what they mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import groupby

from sshkeep.idle.duration import format_duration
from sshkeep.idle.timeline.axis import times_by_importance
from sshkeep.idle.timeline.text import timeline_sentences
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.output.idle.timeline_lanes import ASCII, UNICODE, CharacterLanes, Glyphs
from sshkeep.output.terminal import safe
from sshkeep.output.wrapping import wrapped

LABEL = 8
"""Columns of a lane's name."""
MARK = 4
"""Columns of the mark before a sentence."""
LEAST_WIDTH, LEAST_TEXT = 40, 36
Paint = Callable[[str, str], str]
"""`sshkeep.output.terminal.Terminal.paint`."""

STYLES = {"lost": "red", "forgets": "red", "exit": "red", "unsure": "warning", "due": "warning"}


def timeline_lines(
    timeline: Timeline, width: int, ascii: bool, paint: Paint = lambda text, _: text
) -> list[str]:
    """The picture and its sentences, in ``width`` columns or fewer; 40 at least are taken.

    ``ascii`` and ``paint``: `sshkeep.output.terminal.Terminal` knows them.
    """
    glyphs = ASCII if ascii else UNICODE
    width = max(width, LEAST_WIDTH)
    lanes = CharacterLanes(timeline, width - LABEL, glyphs)
    vain = lanes.vain()
    return [
        f"{'client':<{LABEL}}{_painted(lanes.end('client'), glyphs, paint, vain)}",
        f"{'path':<{LABEL}}{_painted(lanes.path(), glyphs, paint)}",
        f"{'server':<{LABEL}}{_painted(lanes.end('server'), glyphs, paint, vain)}",
        paint(f"{'idle':<{LABEL}}{times(lanes)}".rstrip(), "dim"),
        *_sentences(timeline, width, glyphs, paint),
    ]


def _painted(cells: list[str], glyphs: Glyphs, paint: Paint, vain: Collection[int] = ()) -> str:
    """A lane in colours; in the columns ``vain`` an end believes in a session that the path has forgotten."""
    by_glyph = {getattr(glyphs, name): style for name, style in STYLES.items()}
    styled = [
        (by_glyph.get(cell, "warning" if column in vain and cell != " " else ""), cell)
        for column, cell in enumerate("".join(cells).rstrip())
    ]
    runs = groupby(styled, key=lambda pair: pair[0])
    texts = ((style, "".join(cell for _, cell in run)) for style, run in runs)
    return "".join(paint(text, style) if style else text for style, text in texts)


def times(lanes: CharacterLanes) -> str:
    """The moments' times below their marks: what a reader asks for first has its place first."""
    row = [" "] * lanes.room
    for moment in times_by_importance(lanes.timeline):
        text = format_duration(moment)
        at = min(max(lanes.columns[moment] - len(text) // 2, 0), lanes.room - len(text))
        if not any(cell != " " for cell in row[max(at - 2, 0) : at + len(text) + 2]):
            row[at : at + len(text)] = text
    return "".join(row)


def _sentences(timeline: Timeline, width: int, glyphs: Glyphs, paint: Paint) -> Iterator[str]:
    """Times in one column and sentences in the other, or one after the other where it is too narrow."""
    lines = timeline_sentences(timeline)
    column = max((len(line.when) for line in lines), default=0) + 2
    beside = width - MARK - column >= LEAST_TEXT
    for line in lines:
        head = f"{line.when:<{column}}" if beside else f"{line.when}: "
        text = head + glyphs.shown(safe(line.text))
        first, *others = _rows(text, column if beside else 0, width - MARK)
        mark, style = glyphs.of(line), STYLES.get(line.mark)
        yield f"  {paint(mark, style) if style else mark} {first}"
        yield from (" " * MARK + row for row in others)


def _rows(text: str, column: int, width: int) -> list[str]:
    """``text`` wrapped; all rows but the first begin in ``column``."""
    head, indent = text[:column], " " * column
    return wrapped(text[column:], width, head, indent, any_word=True)
