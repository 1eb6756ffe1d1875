"""A timeline for the terminal: a lane for each end and one for the path, times below, then sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import groupby

from sshkeep.idle.duration import format_duration
from sshkeep.idle.model.endpoint import END_NAMES
from sshkeep.idle.timeline.axis import times_by_importance
from sshkeep.idle.timeline.text import timeline_sentences
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.output.idle.timeline_lanes import ASCII, UNICODE, CharacterLanes, Glyphs
from sshkeep.output.terminal import cells, padded, safe
from sshkeep.output.wrapping import wrapped
from sshkeep.phrase import Phrase

LABEL_WIDTH = 8
"""Columns of a lane's name; more where it is longer."""
LABELS = (END_NAMES["client"], Phrase("path"), END_NAMES["server"], Phrase("idle"))
MARK_WIDTH = 4
"""Columns of the mark before a sentence."""
MIN_WIDTH, MIN_TEXT_WIDTH = 40, 36
Paint = Callable[[str, str], str]
Say = Callable[[str], str]
"""`sshkeep.output.terminal.Terminal.paint` and `say`."""

STYLES = {"lost": "red", "expiry": "red", "exit": "red", "uncertain": "warning", "due": "warning"}


def timeline_lines(
    timeline: Timeline, width: int, ascii: bool, paint: Paint = lambda text, _: text, say: Say = str
) -> list[str]:
    """The picture and its sentences, at most ``width`` columns wide; a width below 40 counts as 40.

    ``ascii``, ``paint`` and ``say``: as in `sshkeep.output.terminal.Terminal`.
    """
    glyphs = ASCII if ascii else UNICODE
    width = max(width, MIN_WIDTH)
    label_width = max(LABEL_WIDTH, *(cells(say(each)) + 2 for each in LABELS))
    lanes = CharacterLanes(timeline, width - label_width, glyphs)
    stale = lanes.stale_columns()
    client, path, server, idle = (padded(say(each), label_width) for each in LABELS)
    return [
        f"{client}{_painted(lanes.end('client'), glyphs, paint, stale)}",
        f"{path}{_painted(lanes.path(), glyphs, paint)}",
        f"{server}{_painted(lanes.end('server'), glyphs, paint, stale)}",
        paint(f"{idle}{_times(lanes, say)}".rstrip(), "dim"),
        *_sentences(timeline, width, glyphs, paint, say),
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


def _times(lanes: CharacterLanes, say: Say) -> str:
    """The times below their marks; the most important ones get their place first."""
    row = [" "] * lanes.width
    for time in times_by_importance(lanes.timeline):
        text = say(format_duration(time))
        taken = cells(text)
        at = min(max(lanes.columns[time] - taken // 2, 0), lanes.width - taken)
        if not any(cell != " " for cell in row[max(at - 2, 0) : at + taken + 2]):
            row[at : at + taken] = [*text, *[""] * (taken - len(text))]
    return "".join(row)


def _sentences(timeline: Timeline, width: int, glyphs: Glyphs, paint: Paint, say: Say) -> Iterator[str]:
    """Times in one column and texts in the next; in a narrow terminal, one after the other."""
    sentences = timeline_sentences(timeline)
    times = [say(each.time) for each in sentences]
    column = max(map(cells, times), default=0) + 2
    beside = width - MARK_WIDTH - column >= MIN_TEXT_WIDTH
    for each, time in zip(sentences, times, strict=True):
        head, more = (padded(time, column), " " * column) if beside else (f"{time}: ", "")
        said = say(each.text)
        text = safe(said) if said != each.text else glyphs.encode(safe(said))
        first, *others = wrapped(text, width - MARK_WIDTH, head, more, any_word=True)
        glyph, style = glyphs.of_sentence(each), STYLES.get(each.mark)
        yield f"  {paint(glyph, style) if style else glyph} {first}"
        yield from (" " * MARK_WIDTH + row for row in others)
