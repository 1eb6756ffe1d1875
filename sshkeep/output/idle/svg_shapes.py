"""The shapes that the SVG is made of; lengths are user units."""

from __future__ import annotations

from html import escape
from typing import Literal

from sshkeep.output.terminal import safe

BAR = 8.0
"""How thick a lane is."""


def escape_xml(text: str) -> str:
    """``text`` as it may stand in XML, without control characters."""
    return escape(safe(text))


def text_element(
    x: float, y: float, text: str, style: str, anchor: Literal["start", "middle", "end"] = "start"
) -> str:
    """A line of text."""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{style}" x="{x:g}" y="{y:g}"{place}>{escape_xml(text)}</text>'


def bar(begin: float, end: float, y: float, style: str) -> str:
    """A part of a lane."""
    return (
        f'<rect class="{style}" x="{begin:g}" y="{y - BAR / 2:g}" width="{end - begin:g}"'
        f' height="{BAR:g}" rx="2"/>'
    )


def vertical_line(x: float, begin: float, end: float, style: str) -> str:
    """An upright line."""
    return f'<path class="{style}" d="M{x:g} {begin:g}V{end:g}"/>'


def arrow(x: float, begin: float, end: float, colour: str, hollow: bool) -> str:
    """An upright arrow; a hollow head for packets that carry nothing."""
    back = end - 8 if end > begin else end + 8
    fill = "hollow" if hollow else colour
    return (
        vertical_line(x, begin, back, f"line {colour}-line")
        + f'<path class="{fill} {colour}-line" d="M{x - 5:g} {back:g}H{x + 5:g}L{x:g} {end:g}Z"/>'
    )


def cross(x: float, y: float) -> str:
    """A packet is lost here."""
    return f'<path class="line ends-line" d="M{x - 5:g} {y - 5:g}l10 10m0 -10l-10 10"/>'


def circle(x: float, y: float) -> str:
    """A probe is due here."""
    return f'<circle class="hollow stale-line" stroke-width="2" cx="{x:g}" cy="{y:g}" r="5"/>'


def square(x: float, y: float) -> str:
    """An end exits here."""
    return f'<rect class="ends" x="{x - 6:g}" y="{y - 6:g}" width="12" height="12" rx="2"/>'


def tick(x: float, y: float) -> str:
    """The path forgets here."""
    return f'<rect class="ends" x="{x - 2:g}" y="{y - 9:g}" width="4" height="18" rx="1"/>'
