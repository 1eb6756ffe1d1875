"""A timeline as an SVG that stands alone: no scripts, fonts or links, its own light and dark colours."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from sshkeep.idle.timeline.headline import headline
from sshkeep.idle.timeline.text import Sentence, timeline_sentences
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.output.idle.svg_lanes import DEPTH, SvgLanes
from sshkeep.output.idle.svg_shapes import arrow, bar, circle, escape_xml, square, text_element, tick
from sshkeep.output.idle.svg_style import STYLE

WIDTH, MARGIN = 800, 24
VERDICTS = {"survives": "works-text", "at risk": "vain-text", "race": "vain-text", "dropped": "ends-text"}
ROW = 21
BOLD, REASON, TEXT = 8.4, 7.8, 7.2
"""User units that a character takes on the average, in a wide font."""


def timeline_svg(timeline: Timeline) -> str:
    """The picture, 800 units wide; it fills the width that it is given."""
    verdict, reason = headline(timeline).split(": ", 1)
    reasons = wrap(reason, int((WIDTH - 2 * MARGIN) / REASON))
    top = 50 + ROW * len(reasons) + 30
    sentences, bottom = _sentences(timeline, top + DEPTH)
    body = [
        text_element(MARGIN, 42, verdict, f"verdict {VERDICTS[verdict]}"),
        *(text_element(MARGIN, 66 + ROW * row, text, "text reason") for row, text in enumerate(reasons)),
        *SvgLanes(timeline, top).parts(),
        *sentences,
    ]
    return _document(timeline, bottom, body)


def _document(timeline: Timeline, height: float, body: list[str]) -> str:
    told = " ".join(f"{line.when}: {line.text}." for line in timeline_sentences(timeline))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height:g}">',
        f"<title>{escape_xml(headline(timeline))}</title>",
        f"<desc>{escape_xml(told)}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:g}" rx="8"/>',
        *body,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _sentences(timeline: Timeline, top: float) -> tuple[list[str], float]:
    """The sentences below each other, and where they end."""
    lines, parts, y = timeline_sentences(timeline), list[str](), top
    column = MARGIN + 24 + max((len(line.when) for line in lines), default=0) * BOLD + 8
    for line in lines:
        parts.extend(_mark(line, y - 5))
        parts.append(text_element(MARGIN + 24, y, line.when, "text name"))
        for row in wrap(line.text, int((WIDTH - MARGIN - column) / TEXT)):
            parts.append(text_element(column, y, row, "text"))
            y += ROW
    return parts, y


def _mark(line: Sentence, y: float) -> Iterator[str]:
    """The mark of the picture that a sentence is about."""
    x = MARGIN + 7
    if line.mark in ("probe", "kernel"):
        up = line.roles[0] == "server"
        yield arrow(x, y + (7 if up else -7), y + (-7 if up else 7), "idle", line.mark == "kernel")
    elif line.mark in MARKS:
        yield MARKS[line.mark](x, y)


def _waiting(x: float, y: float) -> str:
    return bar(x - 6, x + 7, y, "vain")


MARKS = {"due": circle, "forgets": tick, "exit": square, "stays": _waiting}
