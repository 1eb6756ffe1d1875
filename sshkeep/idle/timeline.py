"""What happens on both ends and between them, from the last packet of an idle session on."""

from __future__ import annotations

from itertools import islice, takewhile
from math import ceil
from typing import Literal, NamedTuple

from sshkeep.idle.forecast import End, Forecast
from sshkeep.idle.packets import Packet, gives_up, into_silence
from sshkeep.idle.path import Path
from sshkeep.idle.side import Range, Role, Side
from sshkeep.idle.spacing import RACE
from sshkeep.idle.timing import timing_of
from sshkeep.idle.verdict import Outcome

How = Literal["gives up", "leaves", "reset", "closed", "told"]
"""How an end goes: it has waited long enough for an answer; it leaves without having asked (a count of 0); it
gets a reset; the path closes the connection; the other end says goodbye."""

SHOWN = 3
"""So many packets of a train are told; they make the rhythm plain."""


class Exit(NamedTuple):
    """One end goes, seconds after the last packet."""

    role: Role
    at: Range
    how: How

    @property
    def seen(self) -> Range:
        """The range as it is shown: a second or so is none."""
        low, high = self.at
        return Range(low if high - low > max(1.0, high / 50) else high, high)


class Timeline(NamedTuple):
    """The story of one path; all times are seconds after the last packet.

    ``forgets`` are the times at which the path forgets the session (it knows it again from a packet with the
    fate "revives" on). An end without an exit stays for ever, or for as long as the session lives.
    """

    server: Side
    client: Side
    outcome: Outcome
    packets: tuple[Packet, ...]
    forgets: tuple[float, ...] = ()
    exits: tuple[Exit, ...] = ()

    @property
    def path(self) -> Path:
        """What stands between the ends."""
        return self.outcome.path

    @property
    def survives(self) -> bool:
        """Whether both ends are there for as long as one looks, and can talk."""
        return not self.exits and len(self.forgets) == sum(p.fate == "revives" for p in self.packets)

    @property
    def rhythm(self) -> float:
        """Seconds between the packets that the path counts, once the first has come."""
        by = self.outcome.by
        return by.seconds if by else float("inf")

    @property
    def unsure(self) -> bool:
        """Whether only the kernel speaks, and it isn't known whether that counts."""
        by = self.outcome.by
        return by is not None and not by.payload and self.path.counts_kernel is None

    def side(self, role: Role) -> Side:
        """One of the ends."""
        return self.server if role == "server" else self.client

    def exit_of(self, role: Role) -> Exit | None:
        """How an end goes; None where it stays."""
        return next((gone for gone in self.exits if gone.role == role), None)

    def flows(self) -> list[tuple[float, float | None]]:
        """When the path knows the session, from and to; None for as long as one looks."""
        begins = [0.0, *(packet.at.high for packet in self.packets if packet.fate == "revives")]
        ends: list[float | None] = [*self.forgets, None]
        if self.exits and not self.forgets:
            ends = [max(gone.at.high for gone in self.exits)]
        return list(zip(begins, ends, strict=False))

    def due(self) -> Packet | None:
        """The first probe of an end that doubles its interval: it should come, and may, at ``at.low``."""
        probes = (packet for packet in self.packets if packet.payload)
        return next((probe for probe in probes if timing_of(self.side(probe.role)).doubled), None)


def timeline(forecast: Forecast, outcome: Outcome) -> Timeline:
    """The story of one of the forecast's outcomes, drawn for the latest times where ranges leave a choice."""
    ends = (forecast.client, forecast.server)
    by, path = outcome.by, outcome.path
    kept = by is not None and by.seconds < path.timeout - RACE
    leaving = next((end for end in ends if end.side.role == outcome.ended_by), None)
    if leaving and leaving.ends_idle and (kept or leaving.ends_idle.high < path.timeout):
        parts = _left(ends, leaving.ends_idle, outcome)
    elif kept:
        parts = (_rhythm(ends, outcome), (), ())
    else:
        parts = _forgotten(ends, outcome)
    return Timeline(forecast.server.side, forecast.client.side, outcome, *parts)


Parts = tuple[tuple[Packet, ...], tuple[float, ...], tuple[Exit, ...]]


def _rhythm(ends: tuple[End, End], outcome: Outcome) -> tuple[Packet, ...]:
    """The first packets of the sender that speaks most often: it keeps the others from speaking."""
    by = outcome.by
    assert by is not None
    first = Range(by.seconds, by.seconds)
    for end in ends:
        if by.payload and end.side.role == by.role and end.probe_every == by.seconds and end.first_probe:
            first = end.first_probe
    return tuple(Packet(by.role, first.later(turn * by.seconds), by.payload, "kept") for turn in range(SHOWN))


def _left(ends: tuple[End, End], at: Range, outcome: Outcome) -> Parts:
    """One end leaves and the other is told."""
    before = _rhythm(ends, outcome) if outcome.by else ()
    exits = tuple(
        Exit(end.side.role, at, "leaves" if end.side.role == outcome.ended_by else "told") for end in ends
    )
    return tuple(packet for packet in before if packet.at.high < at.low), (), exits


def _forgotten(ends: tuple[End, End], outcome: Outcome) -> Parts:
    """The path forgets the session, and what is said then has the fate that its kind knows."""
    path = outcome.path
    sides = (ends[0].side, ends[1].side)
    ignored, heard = _ignored(sides, path)
    told = {"rst": _reset, "close": _closed, "recreate": _revived}.get(path.on_expiry, _silent)
    packets, forgets, exits = told(sides, path, heard)
    if outcome.verdict == "race":
        packets = tuple(_by_luck(packet, path) for packet in packets)
    return (*ignored, *packets), forgets, exits


def _ignored(sides: tuple[Side, Side], path: Path) -> tuple[tuple[Packet, ...], float]:
    """Keepalives of the kernel that the path passes and does not count, and when the last of them came."""
    speaking = [side for side in sides if side.tcp_keepalive and side.kernel.keepalive_time < path.timeout]
    if path.counts_kernel is not False or not speaking:
        return (), 0
    side = min(speaking, key=lambda side: side.kernel.keepalive_time)
    step = max(side.kernel.keepalive_time, 1)
    turns = ceil(path.timeout / step) - 1
    times = [turn * step for turn in range(1, min(turns, SHOWN) + 1)]
    return tuple(Packet(side.role, Range(at, at), False, "ignored") for at in times), turns * step


def _by_luck(packet: Packet, path: Path) -> Packet:
    return packet._replace(fate="unsure") if abs(packet.at.high - path.timeout) <= RACE else packet


def _silent(sides: tuple[Side, Side], path: Path, heard: float) -> Parts:
    """Nothing gets through; each end waits for itself."""
    packets = tuple(packet for side in sides for packet in islice(into_silence(side, heard), SHOWN))
    exits = tuple(gone for side in sides if (gone := _alone(side, heard)))
    return packets, (path.timeout,), exits


def _alone(side: Side, heard: float) -> Exit | None:
    at = gives_up(side, heard)
    return at and Exit(side.role, at, "leaves" if side.count_max == 0 and not side.probes else "gives up")


def _reset(sides: tuple[Side, Side], path: Path, heard: float) -> Parts:
    """Who speaks is answered with a reset; who does not never hears of it."""
    packets, exits = [], []
    for side in sides:
        first = next(into_silence(side, heard), None)
        alone = _alone(side, heard)
        if first:
            packets.append(first._replace(fate="reset"))
            # A probe that comes before the path forgets is answered.
            soonest = first.at.low if first.at.low >= path.timeout else first.at.high
            exits.append(Exit(side.role, Range(soonest, first.at.high), "reset"))
        elif alone:
            exits.append(alone)
    return tuple(packets), (path.timeout,), tuple(exits)


def _closed(sides: tuple[Side, Side], path: Path, heard: float) -> Parts:
    """The path closes the connections to both ends; what is seen is said before."""
    first = (next(into_silence(side, heard), None) for side in sides)
    packets = tuple(packet for packet in first if packet and packet.at.high <= path.timeout)
    closed = Range(path.timeout, path.timeout)
    return packets, (path.timeout,), tuple(Exit(side.role, closed, "closed") for side in sides)


def _revived(sides: tuple[Side, Side], path: Path, heard: float) -> Parts:
    """The client's first packet makes the path know the session again, if the server is still there."""
    client, server = sides
    said = into_silence(client, heard)
    first = next((packet for packet in said if packet.payload or path.counts_kernel is not False), None)
    if first is None:
        return _silent(sides, path, heard)
    patience = _alone(server, heard)
    in_vain = takewhile(lambda packet: packet.at.high < first.at.high, into_silence(server, heard))
    lost = tuple(islice(in_vain, SHOWN))
    if patience and patience.at.low <= first.at.high:
        found_gone = Exit("client", first.at, "reset")
        return (*lost, first._replace(fate="reset")), (path.timeout,), (found_gone, patience)
    again = first._replace(at=first.at.later(first.at.high), fate="revives")
    forgets = (path.timeout, first.at.high + path.timeout)
    return (*lost, first._replace(fate="revives"), again), forgets, ()
