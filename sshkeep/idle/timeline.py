"""What happens on both ends and between them, from the last packet of an idle session on."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.idle.exits import Exit
from sshkeep.idle.forecast import End, Forecast
from sshkeep.idle.forgotten import Parts, forgotten
from sshkeep.idle.packets import SHOWN, Packet
from sshkeep.idle.path import Path
from sshkeep.idle.side import Range, Role, Side
from sshkeep.idle.spacing import comes_too_late
from sshkeep.idle.timing import timing_of
from sshkeep.idle.verdict import Outcome


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
    kept = by is not None and not comes_too_late(by.seconds, path.timeout)
    leaving = next((end for end in ends if end.side.role == outcome.ended_by), None)
    if leaving and leaving.ends_idle and (kept or leaving.ends_idle.high < path.timeout):
        parts = _left(ends, leaving.ends_idle, outcome)
    elif kept:
        parts = (_rhythm(ends, outcome), (), ())
    else:
        parts = forgotten(forecast.client.side, forecast.server.side, outcome)
    return Timeline(forecast.server.side, forecast.client.side, outcome, *parts)


def _rhythm(ends: tuple[End, End], outcome: Outcome) -> tuple[Packet, ...]:
    """The first packets of the sender that speaks most often: it keeps the others from speaking."""
    by = outcome.by
    assert by is not None
    sender = next(end for end in ends if end.side.role == by.role)
    own = sender.first_probe if by.payload and not by.carries else None
    first = own or Range(by.seconds, by.seconds)
    return tuple(Packet(by.role, first.later(turn * by.seconds), by.payload, "kept") for turn in range(SHOWN))


def _left(ends: tuple[End, End], at: Range, outcome: Outcome) -> Parts:
    """One end leaves and the other is told."""
    before = _rhythm(ends, outcome) if outcome.by else ()
    exits = tuple(
        Exit(end.side.role, at, "leaves" if end.side.role == outcome.ended_by else "told") for end in ends
    )
    return tuple(packet for packet in before if packet.at.high < at.low), (), exits
