"""A timeline's lanes as rows of characters."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.idle.model.endpoint import Role
from sshkeep.idle.timeline.axis import TimeAxis, time_axis
from sshkeep.idle.timeline.events import Packet
from sshkeep.idle.timeline.text import Sentence
from sshkeep.idle.timeline.timeline import Timeline


class Glyphs(NamedTuple):
    """One character for each thing that is seen."""

    goes_on: str
    unsure_end: str
    kept: str
    ignored: str
    lost: str
    forgets: str
    revives: str
    unsure: str
    client: str
    server: str
    client_kernel: str
    server_kernel: str
    due: str
    exit: str
    stays: str

    def of_packet(self, packet: Packet) -> str:
        """The mark of a packet in its sender's lane, pointing to the other end."""
        return str(getattr(self, packet.role if packet.payload else f"{packet.role}_kernel"))

    def of(self, line: Sentence) -> str:
        """The mark in the picture that a sentence is about."""
        if line.mark in ("probe", "kernel"):
            return str(getattr(self, line.roles[0] if line.mark == "probe" else f"{line.roles[0]}_kernel"))
        return " " if line.mark == "limit" else str(getattr(self, line.mark))

    def shown(self, text: str) -> str:
        """``text`` in the characters that these glyphs may stand among."""
        return text.encode("ascii", "backslashreplace").decode() if self is ASCII else text


UNICODE = Glyphs("━", "╌", "┿", "┼", "×", "┫", "┣", "?", "▼", "▲", "▽", "△", "○", "■", "→")
ASCII = Glyphs("=", "-", "+", "+", "x", "|", "|", "?", "v", "^", "v", "^", "o", "#", ">")


class CharacterLanes:
    """The lanes of one timeline, ``room`` columns wide; ``columns`` tells where each moment stands."""

    def __init__(self, timeline: Timeline, room: int, glyphs: Glyphs) -> None:
        self.timeline, self.room, self.glyphs = timeline, room, glyphs
        placed = time_axis(timeline)
        self.columns = dict(zip(placed.moments, place_columns(placed, room), strict=True))

    def end(self, role: Role) -> list[str]:
        """The lane of one end: for as long as it believes in the session."""
        cells, gone, due = self._line(), self.timeline.exit_of(role), self.timeline.due()
        for packet in self.timeline.packets:
            if packet.role == role:
                cells[self.columns[packet.at.high]] = self.glyphs.of_packet(packet)
        if gone:
            first, last = (self.columns[moment] for moment in gone.seen)
            cells[first:] = [self.glyphs.unsure_end] * (last - first) + [self.glyphs.exit]
        if due and due.role == role:
            cells[self.columns[due.at.low]] = self.glyphs.due
        return cells

    def path(self) -> list[str]:
        """The lane of the path: where it knows the session, and what becomes of each packet."""
        cells = [" "] * self.room
        for begin, end in self.timeline.flows():
            first = self.columns[begin]
            if end is None:
                cells[first:] = self._line()[first:]
            else:
                last = self.columns[end]
                cells[first : last + 1] = [self.glyphs.goes_on] * (last - first) + [self.glyphs.forgets]
        for packet in self.timeline.packets:
            fate = "lost" if packet.fate == "reset" else packet.fate
            cells[self.columns[packet.at.high]] = str(getattr(self.glyphs, fate))
        return cells

    def vain(self) -> set[int]:
        """The columns in which the path does not know the session."""
        found = set(range(self.room))
        for begin, end in self.timeline.flows():
            found -= set(range(self.columns[begin], self.room if end is None else self.columns[end]))
        return found

    def _line(self) -> list[str]:
        return [self.glyphs.goes_on] * (self.room - 2) + [self.glyphs.unsure_end, self.glyphs.stays]


def place_columns(placed: TimeAxis, room: int) -> list[int]:
    """A column for each moment, all different while there is room; the last ones are for what goes on."""
    last = room - 1 - max(room // 12, 3)
    found: list[int] = []
    for place in placed.places:
        found.append(max(round(place * last), found[-1] + 1 if found else 0))
    over = last
    for index in reversed(range(len(found))):
        found[index] = max(min(found[index], over), 0)
        over = found[index] - 1
    return found
