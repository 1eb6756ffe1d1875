"""A timeline's lanes as shapes."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.idle.duration import format_duration
from sshkeep.idle.model.endpoint import Role
from sshkeep.idle.timeline.axis import time_axis, times_by_importance
from sshkeep.idle.timeline.events import Packet
from sshkeep.idle.timeline.text import device
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
"""Where the names, the last packet and the last moment stand, and where what goes on leaves the picture."""
LANES = {"client": 0.0, "path": 56.0, "server": 112.0}
TIMES = 152.0
TIME_ROWS = (0.0, 16.0)
DEPTH = TIMES + 54
"""From the first lane down: the lanes, the rows of times, and what they take altogether."""
CHARACTER = 7.2
LONGEST_NAME = 21
COLOURS = {"kept": "works", "revives": "works", "ignored": "idle", "unsure": "vain"}
GOES = {"gives up": "gives up", "leaves": "leaves", "reset": "reset", "closed": "closed", "told": "ends"}


class SvgLanes:
    """The lanes of one timeline, the first of them at ``top``."""

    def __init__(self, timeline: Timeline, top: float) -> None:
        self.timeline, self.top = timeline, top
        placed = time_axis(timeline)
        self.x = {
            moment: LEFT + place * (RIGHT - LEFT)
            for moment, place in zip(placed.moments, placed.places, strict=True)
        }

    def parts(self) -> Iterator[str]:
        """Everything, from the back to the front."""
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
        yield from self._name("path", device(self.timeline))

    def _name(self, lane: str, below: str) -> Iterator[str]:
        y = self._y(lane)
        yield text_element(NAMES, y + 1, lane, "text name")
        cut = below if len(below) <= LONGEST_NAME else f"{below[: LONGEST_NAME - 3]}..."
        yield text_element(NAMES, y + 15, cut, "muted small")

    def _end(self, role: Role) -> Iterator[str]:
        """For as long as it believes in the session: one colour where it is right, another where not."""
        y, gone, due = self._y(role), self.timeline.exit_of(role), self.timeline.due()
        last = self.x[gone.seen.low] if gone else EDGE
        yield bar(LEFT, last, y, "vain")
        for begin, end in self.timeline.flows():
            yield bar(self.x[begin], min(self.x[end] if end is not None else EDGE, last), y, "works")
        if gone:
            x = self.x[gone.at.high]
            yield bar(last, x, y, "vain maybe")
            yield square(x, y) + text_element(x + 11, y + 4, GOES[gone.how], "muted small")
        elif not self.timeline.survives:
            yield text_element(EDGE, y - 9, "waits", "vain-text small", "end")
        if due and due.role == role:
            yield circle(self.x[due.at.low], y)

    def _path(self) -> Iterator[str]:
        y = self._y("path")
        for begin, end in self.timeline.flows():
            yield bar(self.x[begin], EDGE if end is None else self.x[end], y, "works")
        for moment in self.timeline.forgets:
            yield tick(self.x[moment], y)
            yield from self._forgotten(moment, y)

    def _forgotten(self, moment: float, y: float) -> Iterator[str]:
        """A word where nothing else stands."""
        text = "closed" if self.timeline.path.on_expiry == "close" else "forgotten"
        following = min((x for x in self.x.values() if x > self.x[moment]), default=float(EDGE))
        lucky = any(packet.fate == "unsure" for packet in self.timeline.packets)
        if not lucky and following - self.x[moment] >= len(text) * CHARACTER:
            yield text_element(self.x[moment] + 8, y + 4, text, "muted small")

    def _packet(self, packet: Packet) -> Iterator[str]:
        """An arrow to the other end, or as far as it gets."""
        x, path = self.x[packet.at.high], self._y("path")
        begin, end = self._y(packet.role), self._y("server" if packet.role == "client" else "client")
        down = 1 if end > begin else -1
        colour = COLOURS.get(packet.fate, "ends")
        if packet.fate == "kept" and self.timeline.outcome.verdict == "at risk":
            colour = "vain"
        if packet.fate in ("kept", "ignored", "revives"):
            yield arrow(x, begin, end - 5 * down, colour, not packet.payload)
            return
        yield arrow(x, begin, path - 8 * down, colour, not packet.payload)
        yield (
            text_element(x + 6, path + 5, "?", "vain-text name")
            if packet.fate == "unsure"
            else cross(x, path)
        )

    def _times(self) -> Iterator[str]:
        """Times below their moments, in two rows; what finds no place is told in the sentences."""
        y = self.top + TIMES
        yield text_element(NAMES, y, "idle for", "text name")
        yield text_element(NAMES, y + 14, "(not to scale)", "muted small")
        taken: list[tuple[float, float, float]] = []
        for moment in times_by_importance(self.timeline):
            x, half, text = (
                self.x[moment],
                len(format_duration(moment)) * CHARACTER / 2 + 3,
                format_duration(moment),
            )
            for row in TIME_ROWS:
                if not any(
                    row == other and x - half < end and x + half > begin for other, begin, end in taken
                ):
                    taken.append((row, x - half, x + half))
                    yield vertical_line(x, self.top, y + row - 12, "guide")
                    yield text_element(x, y + row, text, "muted", "middle")
                    break
