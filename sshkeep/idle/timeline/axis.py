"""Where the moments of a timeline stand on one line, 15 s beside two hours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sshkeep.idle.timeline.timeline import Timeline

SQUEEZE = 0.4
"""A gap takes room by this power of its length: equal gaps stay equal, a longer one is longer, and of gaps
like 1 : 500 the short one is seen, too."""
LEAST = 0.06
"""The part of the whole that every gap takes at least."""


class TimeAxis(NamedTuple):
    """The moments in order, and for each its place from 0.0 to 1.0."""

    moments: tuple[float, ...]
    places: tuple[float, ...]


def time_axis(timeline: Timeline) -> TimeAxis:
    """The scale on which a timeline is drawn."""
    moments = event_times(timeline)
    weights = [(end - begin) ** SQUEEZE for begin, end in pairwise(moments)]
    whole = sum(weights) or 1.0
    widths = [max(weight / whole, LEAST) for weight in weights]
    places = [0.0]
    for width in widths:
        places.append(places[-1] + width)
    return TimeAxis(moments, tuple(place / (places[-1] or 1.0) for place in places))


def event_times(timeline: Timeline) -> tuple[float, ...]:
    """The times at which a mark stands, each once, the last packet's first."""
    found = {0.0, *timeline.forgets}
    found.update(packet.at.high for packet in timeline.packets)
    for gone in timeline.exits:
        found.update(gone.seen)
    due = timeline.due()
    return tuple(sorted({*found, due.at.low} if due else found))


def times_by_importance(timeline: Timeline) -> list[float]:
    """The moments, what a reader asks for first coming first."""
    return list(dict.fromkeys(_weighed(timeline)))


def _weighed(timeline: Timeline) -> Iterator[float]:
    yield 0.0
    yield from timeline.forgets
    yield from (packet.at.high for packet in timeline.packets[:1])
    yield from (gone.at.high for gone in timeline.exits)
    yield from (gone.seen.low for gone in timeline.exits)
    due = timeline.due()
    if due:
        yield due.at.low
    yield from (packet.at.high for packet in timeline.packets)
