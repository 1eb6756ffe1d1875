"""A timeline in a terminal: a lane for each end and one for the path, times below, then what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import wrap

from sshkeep.idle.duration import said
from sshkeep.idle.scale import by_weight
from sshkeep.idle.story import story
from sshkeep.idle.timeline import Timeline
from sshkeep.output.lanes import ASCII, UNICODE, Glyphs, Lanes
from sshkeep.output.terminal import safe

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
    lanes = Lanes(timeline, width - LABEL, glyphs)
    drawn = {"client": lanes.end("client"), "path": lanes.path(), "server": lanes.end("server")}
    return [
        *(f"{name:<{LABEL}}{_painted(cells, glyphs, paint)}" for name, cells in drawn.items()),
        paint(f"{'idle':<{LABEL}}{times(lanes)}".rstrip(), "dim"),
        *_sentences(timeline, width, glyphs, paint),
    ]


def _painted(cells: list[str], glyphs: Glyphs, paint: Paint) -> str:
    styles = {getattr(glyphs, name): style for name, style in STYLES.items()}
    return "".join(paint(cell, styles[cell]) if cell in styles else cell for cell in cells).rstrip()


def times(lanes: Lanes) -> str:
    """The moments' times below their marks: what a reader asks for first has its place first."""
    row = [" "] * lanes.room
    for moment in by_weight(lanes.timeline):
        text = said(moment)
        at = min(max(lanes.columns[moment] - len(text) // 2, 0), lanes.room - len(text))
        if not any(cell != " " for cell in row[max(at - 2, 0) : at + len(text) + 2]):
            row[at : at + len(text)] = text
    return "".join(row)


def _sentences(timeline: Timeline, width: int, glyphs: Glyphs, paint: Paint) -> Iterator[str]:
    """Times in one column and sentences in the other, or one after the other where it is too narrow."""
    lines = story(timeline)
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
    return wrap(text[column:], width, initial_indent=head, subsequent_indent=indent, break_on_hyphens=False)
