"""A timeline for the terminal: a lane for each end and one for the path, times below, then sentences."""

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

LABEL_WIDTH = 8
"""Columns of a lane's name."""
MARK_WIDTH = 4
"""Columns of the mark before a sentence."""
MIN_WIDTH, MIN_TEXT_WIDTH = 40, 36
Paint = Callable[[str, str], str]
"""`sshkeep.output.terminal.Terminal.paint`."""

STYLES = {"lost": "red", "expiry": "red", "exit": "red", "uncertain": "warning", "due": "warning"}


def timeline_lines(
    timeline: Timeline, width: int, ascii: bool, paint: Paint = lambda text, _: text
) -> list[str]:
    """The picture and its sentences, at most ``width`` columns wide; a width below 40 counts as 40.

    ``ascii`` and ``paint``: as in `sshkeep.output.terminal.Terminal`.
    """
    glyphs = ASCII if ascii else UNICODE
    width = max(width, MIN_WIDTH)
    lanes = CharacterLanes(timeline, width - LABEL_WIDTH, glyphs)
    stale = lanes.stale_columns()
    return [
        f"{'client':<{LABEL_WIDTH}}{_painted(lanes.end('client'), glyphs, paint, stale)}",
        f"{'path':<{LABEL_WIDTH}}{_painted(lanes.path(), glyphs, paint)}",
        f"{'server':<{LABEL_WIDTH}}{_painted(lanes.end('server'), glyphs, paint, stale)}",
        paint(f"{'idle':<{LABEL_WIDTH}}{_times(lanes)}".rstrip(), "dim"),
        *_sentences(timeline, width, glyphs, paint),
    ]


def _painted(cells: list[str], glyphs: Glyphs, paint: Paint, stale: Collection[int] = ()) -> str:
    """A lane in colours; in the columns ``stale`` an end holds a session that the path has forgotten."""
    style_by_glyph = {getattr(glyphs, name): style for name, style in STYLES.items()}
    styled = [
        (style_by_glyph.get(cell, "warning" if column in stale and cell != " " else ""), cell)
        for column, cell in enumerate("".join(cells).rstrip())
    ]
    runs = groupby(styled, key=lambda pair: pair[0])
    texts = ((style, "".join(cell for _, cell in run)) for style, run in runs)
    return "".join(paint(text, style) if style else text for style, text in texts)


def _times(lanes: CharacterLanes) -> str:
    """The times below their marks; the most important ones get their place first."""
    row = [" "] * lanes.width
    for time in times_by_importance(lanes.timeline):
        text = format_duration(time)
        at = min(max(lanes.columns[time] - len(text) // 2, 0), lanes.width - len(text))
        if not any(cell != " " for cell in row[max(at - 2, 0) : at + len(text) + 2]):
            row[at : at + len(text)] = text
    return "".join(row)


def _sentences(timeline: Timeline, width: int, glyphs: Glyphs, paint: Paint) -> Iterator[str]:
    """Times in one column and texts in the next; in a narrow terminal, one after the other."""
    sentences = timeline_sentences(timeline)
    column = max((len(each.time) for each in sentences), default=0) + 2
    beside = width - MARK_WIDTH - column >= MIN_TEXT_WIDTH
    for each in sentences:
        head = f"{each.time:<{column}}" if beside else f"{each.time}: "
        text = head + glyphs.encode(safe(each.text))
        first, *others = _rows(text, column if beside else 0, width - MARK_WIDTH)
        glyph, style = glyphs.of_sentence(each), STYLES.get(each.mark)
        yield f"  {paint(glyph, style) if style else glyph} {first}"
        yield from (" " * MARK_WIDTH + row for row in others)


def _rows(text: str, column: int, width: int) -> list[str]:
    """``text`` wrapped; all rows but the first begin in ``column``."""
    head, indent = text[:column], " " * column
    return wrapped(text[column:], width, head, indent, any_word=True)
