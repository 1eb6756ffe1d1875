"""The lanes of a timeline as rows of characters."""

from __future__ import annotations

from sshkeep.idle.model.endpoint import Role
from sshkeep.idle.timeline.axis import TimeAxis, time_axis
from sshkeep.idle.timeline.events import Packet
from sshkeep.idle.timeline.text import Sentence
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.named import NamedTuple


class Glyphs(NamedTuple):
    """One character for each thing in the picture; fates and marks have their names from the timeline."""

    line: str
    uncertain_end: str
    kept: str
    ignored: str
    lost: str
    expiry: str
    restores: str
    uncertain: str
    client: str
    server: str
    client_kernel: str
    server_kernel: str
    due: str
    exit: str
    waits: str

    def of_packet(self, packet: Packet) -> str:
        """The mark of a packet in its sender's lane; it points to the other end."""
        return self._sent("probe" if packet.payload else "keepalive", packet.role)

    def of_sentence(self, sentence: Sentence) -> str:
        """The mark in the picture that a sentence explains."""
        if sentence.mark in ("probe", "keepalive"):
            return self._sent(sentence.mark, sentence.roles[0])
        return " " if sentence.mark == "limit" else str(getattr(self, sentence.mark))

    def _sent(self, mark: str, role: Role) -> str:
        return str(getattr(self, role if mark == "probe" else f"{role}_kernel"))

    def encode(self, text: str) -> str:
        """``text`` in ASCII, if these glyphs are."""
        return text.encode("ascii", "backslashreplace").decode() if self is ASCII else text


UNICODE = Glyphs("━", "╌", "┿", "┼", "×", "┫", "┣", "?", "▼", "▲", "▽", "△", "○", "■", "→")
ASCII = Glyphs("=", "-", "+", "+", "x", "|", "|", "?", "v", "^", "v", "^", "o", "#", ">")


class CharacterLanes:
    """The lanes of one timeline, ``width`` columns wide; ``columns`` has the column of each time."""

    def __init__(self, timeline: Timeline, width: int, glyphs: Glyphs) -> None:
        self.timeline, self.width, self.glyphs = timeline, width, glyphs
        axis = time_axis(timeline)
        self.columns = dict(zip(axis.times, place_columns(axis, width), strict=True))

    def end(self, role: Role) -> list[str]:
        """The lane of one end, for as long as it holds the session."""
        cells, exits, doubled = self._line(), self.timeline.exit_of(role), self.timeline.doubled_probe()
        for packet in self.timeline.packets:
            if packet.role == role:
                cells[self.columns[packet.at.high]] = self.glyphs.of_packet(packet)
        if exits:
            first, last = (self.columns[time] for time in exits.shown)
            cells[first:] = [self.glyphs.uncertain_end] * (last - first) + [self.glyphs.exit]
        if doubled and doubled.role == role:
            cells[self.columns[doubled.at.low]] = self.glyphs.due
        return cells

    def path(self) -> list[str]:
        """The lane of the path: where it knows the session, and what happens to each packet."""
        cells = [" "] * self.width
        for begin, end in self.timeline.flows():
            first = self.columns[begin]
            if end is None:
                cells[first:] = self._line()[first:]
            else:
                last = self.columns[end]
                cells[first : last + 1] = [self.glyphs.line] * (last - first) + [self.glyphs.expiry]
        for packet in self.timeline.packets:
            fate = "lost" if packet.fate == "reset" else packet.fate
            cells[self.columns[packet.at.high]] = str(getattr(self.glyphs, fate))
        return cells

    def stale_columns(self) -> set[int]:
        """The columns in which the path does not know the session."""
        found = set(range(self.width))
        for begin, end in self.timeline.flows():
            found -= set(range(self.columns[begin], self.width if end is None else self.columns[end]))
        return found

    def _line(self) -> list[str]:
        return [self.glyphs.line] * (self.width - 2) + [self.glyphs.uncertain_end, self.glyphs.waits]


def place_columns(axis: TimeAxis, width: int) -> list[int]:
    """A column for each time, all different while there is room; the last columns are for what goes on."""
    last = width - 1 - max(width // 12, 3)
    found: list[int] = []
    for position in axis.positions:
        found.append(max(round(position * last), found[-1] + 1 if found else 0))
    limit = last
    for index in reversed(range(len(found))):
        found[index] = max(min(found[index], limit), 0)
        limit = found[index] - 1
    return found
