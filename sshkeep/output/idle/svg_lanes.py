"""The lanes of a timeline as SVG shapes."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.idle.duration import format_duration
from sshkeep.idle.model.endpoint import Role
from sshkeep.idle.timeline.axis import time_axis, times_by_importance
from sshkeep.idle.timeline.events import ExitReason, Packet
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.output.idle.svg_shapes import (
    arrow,
    bar,
    circle,
    cross,
    square,
    text_element,
    tick,
    vertical_line,
)

NAMES, LEFT, RIGHT, EDGE = 24, 170, 690, 776
"""Where the names, the last packet and the last event stand, and where what goes on leaves the picture."""
LANES = {"client": 0.0, "path": 56.0, "server": 112.0}
TIMES = 152.0
TIME_ROWS = (0.0, 16.0)
DEPTH = TIMES + 54
"""From the first lane down: the lanes, the rows of times, and the height of all."""
CHARACTER = 7.2
MAX_NAME = 21
COLOURS = {"kept": "works", "restores": "works", "ignored": "idle", "uncertain": "stale"}
EXIT_LABELS: dict[ExitReason, str] = {
    "unanswered": "disconnects",
    "channel": "closes",
    "idle": "disconnects",
    "reset": "reset",
    "closed": "closed",
    "notified": "ends",
}


class SvgLanes:
    """The lanes of one timeline, the first of them at ``top``."""

    def __init__(self, timeline: Timeline, top: float) -> None:
        self.timeline, self.top = timeline, top
        axis = time_axis(timeline)
        self.x = {
            time: LEFT + position * (RIGHT - LEFT)
            for time, position in zip(axis.times, axis.positions, strict=True)
        }

    def parts(self) -> Iterator[str]:
        """All shapes, from the back to the front."""
        yield from self._times()
        yield from self._names()
        yield from self._end("client")
        yield from self._path()
        yield from self._end("server")
        for packet in self.timeline.packets:
            yield from self._packet(packet)

    def _y(self, lane: str) -> float:
        return self.top + LANES[lane]

    def _names(self) -> Iterator[str]:
        for role in ("client", "server"):
            release = self.timeline.endpoint(role).release
            yield from self._name(role, f"OpenSSH {release}" if release else "")
        yield from self._name("path", self.timeline.path.display_name)

    def _name(self, lane: str, below: str) -> Iterator[str]:
        y = self._y(lane)
        yield text_element(NAMES, y + 1, lane, "text name")
        cut = below if len(below) <= MAX_NAME else f"{below[: MAX_NAME - 3]}..."
        yield text_element(NAMES, y + 15, cut, "muted small")

    def _end(self, role: Role) -> Iterator[str]:
        """As long as the end holds the session: one colour while the path knows it, another after that."""
        y, exits, doubled = self._y(role), self.timeline.exit_of(role), self.timeline.doubled_probe()
        last = self.x[exits.shown.low] if exits else EDGE
        yield bar(LEFT, last, y, "stale")
        for begin, end in self.timeline.flows():
            yield bar(self.x[begin], min(self.x[end] if end is not None else EDGE, last), y, "works")
        if exits:
            x = self.x[exits.at.high]
            yield bar(last, x, y, "stale maybe")
            yield square(x, y) + text_element(x + 11, y + 4, EXIT_LABELS[exits.reason], "muted small")
        elif not self.timeline.survives:
            yield text_element(EDGE, y - 9, "waits", "stale-text small", "end")
        if doubled and doubled.role == role:
            yield circle(self.x[doubled.at.low], y)

    def _path(self) -> Iterator[str]:
        y = self._y("path")
        for begin, end in self.timeline.flows():
            yield bar(self.x[begin], EDGE if end is None else self.x[end], y, "works")
        for time in self.timeline.expiries:
            yield tick(self.x[time], y)
            yield from self._expiry_label(time, y)

    def _expiry_label(self, time: float, y: float) -> Iterator[str]:
        """A word, if there is room before the next mark."""
        text = "closed" if self.timeline.path.on_expiry == "close" else "forgotten"
        following = min((x for x in self.x.values() if x > self.x[time]), default=float(EDGE))
        uncertain = any(packet.fate == "uncertain" for packet in self.timeline.packets)
        if not uncertain and following - self.x[time] >= len(text) * CHARACTER:
            yield text_element(self.x[time] + 8, y + 4, text, "muted small")

    def _packet(self, packet: Packet) -> Iterator[str]:
        """An arrow to the other end, or as far as the packet gets."""
        x, path = self.x[packet.at.high], self._y("path")
        begin, end = self._y(packet.role), self._y("server" if packet.role == "client" else "client")
        down = 1 if end > begin else -1
        colour = COLOURS.get(packet.fate, "ends")
        if packet.fate == "kept" and self.timeline.outcome.verdict == "at risk":
            colour = "stale"
        if packet.fate in ("kept", "ignored", "restores"):
            yield arrow(x, begin, end - 5 * down, colour, not packet.payload)
            return
        yield arrow(x, begin, path - 8 * down, colour, not packet.payload)
        if packet.fate == "uncertain":
            yield text_element(x + 6, path + 5, "?", "stale-text name")
        else:
            yield cross(x, path)

    def _times(self) -> Iterator[str]:
        """Times below their marks, in two rows; a time without room there is in the sentences only."""
        y = self.top + TIMES
        yield text_element(NAMES, y, "idle for", "text name")
        yield text_element(NAMES, y + 14, "(not to scale)", "muted small")
        taken: list[tuple[float, float, float]] = []
        for time in times_by_importance(self.timeline):
            x, text = self.x[time], format_duration(time)
            half = len(text) * CHARACTER / 2 + 3
            row = next((row for row in TIME_ROWS if _is_free(row, x - half, x + half, taken)), None)
            if row is not None:
                taken.append((row, x - half, x + half))
                yield vertical_line(x, self.top, y + row - 12, "guide")
                yield text_element(x, y + row, text, "muted", "middle")


def _is_free(row: float, begin: float, end: float, taken: list[tuple[float, float, float]]) -> bool:
    return not any(row == other and begin < right and end > left for other, left, right in taken)
