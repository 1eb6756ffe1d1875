"""Where the times of a timeline stand on one axis that shows 15 s beside two hours."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.named import NamedTuple

EXPONENT = 0.4
"""A gap takes room in proportion to this power of its length. So equal gaps stay equal, a longer gap takes
more room, and the short one of two gaps like 1 : 500 is visible, too."""
MIN_GAP = 0.06
"""The part of the axis that every gap takes at least, before the whole is scaled to 1.0."""


class TimeAxis(NamedTuple):
    """The times in order, and for each its position from 0.0 to 1.0."""

    times: tuple[float, ...]
    positions: tuple[float, ...]


def time_axis(timeline: Timeline) -> TimeAxis:
    """The axis on which a timeline is drawn."""
    times = event_times(timeline)
    weights = [(times[at + 1] - times[at]) ** EXPONENT for at in range(len(times) - 1)]
    whole = sum(weights) or 1.0
    positions = [0.0]
    for weight in weights:
        positions.append(positions[-1] + max(weight / whole, MIN_GAP))
    return TimeAxis(times, tuple(position / (positions[-1] or 1.0) for position in positions))


def event_times(timeline: Timeline) -> tuple[float, ...]:
    """The times at which the picture has a mark, each once, beginning with the last packet's."""
    found = {0.0, *timeline.expiries}
    found.update(packet.at.high for packet in timeline.packets)
    for each in timeline.exits:
        found.update(each.shown)
    doubled = timeline.doubled_probe()
    return tuple(sorted({*found, doubled.at.low} if doubled else found))


def times_by_importance(timeline: Timeline) -> list[float]:
    """The times, beginning with those that a reader wants to know first."""
    return list(dict.fromkeys(_times_by_importance(timeline)))


def _times_by_importance(timeline: Timeline) -> Iterator[float]:
    yield 0.0
    yield from timeline.expiries
    yield from (packet.at.high for packet in timeline.packets[:1])
    yield from (each.at.high for each in timeline.exits)
    yield from (each.shown.low for each in timeline.exits)
    if doubled := timeline.doubled_probe():
        yield doubled.at.low
    yield from (packet.at.high for packet in timeline.packets)
