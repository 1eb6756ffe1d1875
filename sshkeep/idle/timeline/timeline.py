"""What happens on both ends and between them, from the last packet of an idle session on."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.idle.model.forecast import EndForecast, Forecast
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.probe_spacing import is_too_late
from sshkeep.idle.model.timers import release_timing
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.idle.timeline.after_expiry import Events, events_after_expiry
from sshkeep.idle.timeline.events import MAX_SHOWN, Packet
from sshkeep.idle.timeline.exits import EndpointExit


class Timeline(NamedTuple):
    """The story of one path; all times are seconds after the last packet.

    ``forgets`` are the times at which the path forgets the session (it knows it again from a packet with the
    fate "revives" on). An end without an exit stays for ever, or for as long as the session lives.
    """

    server: Endpoint
    client: Endpoint
    outcome: PathOutcome
    packets: tuple[Packet, ...]
    forgets: tuple[float, ...] = ()
    exits: tuple[EndpointExit, ...] = ()

    @property
    def path(self) -> NetworkPath:
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

    def endpoint(self, role: Role) -> Endpoint:
        """One of the ends."""
        return self.server if role == "server" else self.client

    def exit_of(self, role: Role) -> EndpointExit | None:
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
        return next((probe for probe in probes if release_timing(self.endpoint(probe.role)).doubled), None)


def build_timeline(forecast: Forecast, outcome: PathOutcome) -> Timeline:
    """The story of one of the forecast's outcomes, drawn for the latest times where ranges leave a choice."""
    ends = (forecast.client, forecast.server)
    by, path = outcome.by, outcome.path
    kept = by is not None and not is_too_late(by.seconds, path.timeout)
    leaving = next((end for end in ends if end.endpoint.role == outcome.ended_by), None)
    if leaving and leaving.ends_idle and (kept or leaving.ends_idle.high < path.timeout):
        parts = _left(ends, leaving.ends_idle, outcome)
    elif kept:
        parts = (_rhythm(ends, outcome), (), ())
    else:
        parts = events_after_expiry(forecast.client.endpoint, forecast.server.endpoint, outcome)
    return Timeline(forecast.server.endpoint, forecast.client.endpoint, outcome, *parts)


def _rhythm(ends: tuple[EndForecast, EndForecast], outcome: PathOutcome) -> tuple[Packet, ...]:
    """The first packets of the sender that speaks most often: it keeps the others from speaking."""
    by = outcome.by
    assert by is not None
    sender = next(end for end in ends if end.endpoint.role == by.role)
    own = sender.first_probe if by.payload and not by.carries else None
    first = own or TimeRange(by.seconds, by.seconds)
    return tuple(
        Packet(by.role, first.shifted(turn * by.seconds), by.payload, "kept") for turn in range(MAX_SHOWN)
    )


def _left(ends: tuple[EndForecast, EndForecast], at: TimeRange, outcome: PathOutcome) -> Events:
    """One end leaves and the other is told."""
    before = _rhythm(ends, outcome) if outcome.by else ()
    exits = tuple(
        EndpointExit(end.endpoint.role, at, "leaves" if end.endpoint.role == outcome.ended_by else "told")
        for end in ends
    )
    return tuple(packet for packet in before if packet.at.high < at.low), (), exits
