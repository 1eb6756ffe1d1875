"""A timeline as a self-contained SVG: no scripts, fonts or links, and its own light and dark colours."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from sshkeep.idle.model.verdict import Verdict
from sshkeep.idle.timeline.text import Sentence, timeline_sentences
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.output.idle.svg_lanes import DEPTH, SvgLanes
from sshkeep.output.idle.svg_shapes import arrow, bar, circle, escape_xml, square, text_element, tick
from sshkeep.output.idle.svg_style import STYLE

WIDTH, MARGIN = 800, 24
VERDICT_STYLES: dict[Verdict, str] = {
    "survives": "works-text",
    "at risk": "stale-text",
    "race": "stale-text",
    "dropped": "ends-text",
}
ROW, VERDICT_ROW = 21, 24
BOLD, VERDICT, REASON, TEXT = 8.4, 11.4, 7.8, 7.2
"""User units of an average character, in a wide font: times, verdict, reason, sentences."""


def timeline_svg(timeline: Timeline, verdict: str, reason: str) -> str:
    """The picture, 800 units wide; it fills the width that it is given.

    ``verdict`` and ``reason``: as in `sshkeep.idle.explanation`.
    """
    heading, lanes_top = _heading(timeline, verdict, reason)
    sentences, bottom = _sentences(timeline, lanes_top + DEPTH)
    body = [*heading, *SvgLanes(timeline, lanes_top).parts(), *sentences]
    return _document(timeline, f"{verdict}: {reason}", bottom, body)


def _heading(timeline: Timeline, verdict: str, reason: str) -> tuple[list[str], float]:
    """Verdict and reason, and where the lanes begin below them."""
    parts, y = list[str](), 42.0
    style = f"verdict {VERDICT_STYLES[timeline.outcome.verdict]}"
    for text in wrap(verdict, int((WIDTH - 2 * MARGIN) / VERDICT)):
        parts.append(text_element(MARGIN, y, text, style))
        y += VERDICT_ROW
    for text in wrap(reason, int((WIDTH - 2 * MARGIN) / REASON)):
        parts.append(text_element(MARGIN, y, text, "text reason"))
        y += ROW
    return parts, y + 14


def _document(timeline: Timeline, title: str, height: float, body: list[str]) -> str:
    description = " ".join(f"{each.time}: {each.text}." for each in timeline_sentences(timeline))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height:g}">',
        f"<title>{escape_xml(title)}</title>",
        f"<desc>{escape_xml(description)}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:g}" rx="8"/>',
        *body,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _sentences(timeline: Timeline, top: float) -> tuple[list[str], float]:
    """The sentences below each other, and where they end."""
    sentences, parts, y = timeline_sentences(timeline), list[str](), top
    column = MARGIN + 24 + max((len(each.time) for each in sentences), default=0) * BOLD + 8
    for each in sentences:
        parts.extend(_mark(each, y - 5))
        parts.append(text_element(MARGIN + 24, y, each.time, "text name"))
        for row in wrap(each.text, int((WIDTH - MARGIN - column) / TEXT)):
            parts.append(text_element(column, y, row, "text"))
            y += ROW
    return parts, y


def _mark(sentence: Sentence, y: float) -> Iterator[str]:
    """The mark in the picture that a sentence explains."""
    x = MARGIN + 7
    if sentence.mark in ("probe", "keepalive"):
        up = sentence.roles[0] == "server"
        yield arrow(x, y + (7 if up else -7), y + (-7 if up else 7), "idle", sentence.mark == "keepalive")
    elif sentence.mark in MARKS:
        yield MARKS[sentence.mark](x, y)


def _waiting(x: float, y: float) -> str:
    return bar(x - 6, x + 7, y, "stale")


MARKS = {"due": circle, "expiry": tick, "exit": square, "waits": _waiting}
