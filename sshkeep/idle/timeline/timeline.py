"""What happens on an idle session, on both endpoints and between them, after its last packet."""

from __future__ import annotations

from sshkeep.idle.model.endpoint import Endpoint, Role
from sshkeep.idle.model.forecast import Forecast
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.probe_spacing import is_too_late
from sshkeep.idle.model.timers import release_timing
from sshkeep.idle.model.verdict import IdleExit, PathOutcome
from sshkeep.idle.timeline.after_expiry import events_after_expiry
from sshkeep.idle.timeline.events import MAX_SHOWN, EndpointExit, Events, ExitReason, Packet
from sshkeep.named import NamedTuple


class Timeline(NamedTuple):
    """The events on one path; all times are seconds after the last packet.

    ``expiries`` are the times at which the path forgets the session; a packet with the fate "restores" ends
    that. An endpoint without an exit waits forever, or for as long as the session lives.
    """

    server: Endpoint
    client: Endpoint
    outcome: PathOutcome
    packets: tuple[Packet, ...]
    expiries: tuple[float, ...] = ()
    exits: tuple[EndpointExit, ...] = ()

    @property
    def path(self) -> NetworkPath:
        """The device between the endpoints."""
        return self.outcome.path

    @property
    def survives(self) -> bool:
        """Whether both endpoints stay, and can still exchange packets."""
        return not self.exits and len(self.expiries) == sum(p.fate == "restores" for p in self.packets)

    @property
    def packet_spacing(self) -> float:
        """Seconds between the packets that the path counts, after the first one."""
        sender = self.outcome.sender
        return sender.seconds if sender else float("inf")

    @property
    def uncertain(self) -> bool:
        """Whether only kernels send packets, and it is not known whether the path counts them."""
        sender = self.outcome.sender
        return sender is not None and not sender.payload and self.path.counts_kernel is None

    def endpoint(self, role: Role) -> Endpoint:
        """The endpoint with this role."""
        return self.server if role == "server" else self.client

    def exit_of(self, role: Role) -> EndpointExit | None:
        """How an endpoint exits; None if it stays."""
        return next((each for each in self.exits if each.role == role), None)

    def flows(self) -> list[tuple[float, float | None]]:
        """The times between which the path knows the session; None: beyond the end of the picture."""
        begins = [0.0, *(packet.at.high for packet in self.packets if packet.fate == "restores")]
        ends: list[float | None] = [*self.expiries, None]
        if self.exits and not self.expiries:
            ends = [max(each.at.high for each in self.exits)]
        return list(zip(begins, ends, strict=False))

    def doubled_probe(self) -> Packet | None:
        """The first probe of an endpoint that doubles its interval; it is due at ``at.low``."""
        probes = (packet for packet in self.packets if packet.payload)
        return next(
            (each for each in probes if release_timing(self.endpoint(each.role)).doubles_interval), None
        )


def build_timeline(forecast: Forecast, outcome: PathOutcome) -> Timeline:
    """The timeline of one of the forecast's outcomes, with the latest times where ranges leave a choice."""
    sender, path, ended_by = outcome.sender, outcome.path, outcome.ended_by
    kept = sender is not None and not is_too_late(sender.seconds, path.timeout)
    if ended_by:
        events = _disconnected(ended_by, outcome)
    elif kept:
        events = Events(_regular_packets(outcome))
    else:
        events = events_after_expiry((forecast.client, forecast.server), outcome)
    return Timeline(forecast.server, forecast.client, outcome, *events)


def _regular_packets(outcome: PathOutcome) -> tuple[Packet, ...]:
    """The first packets of the most frequent sender: they keep the other timers from firing."""
    sender = outcome.sender
    if sender is None:
        return ()
    times = (sender.first.shifted(turn * sender.seconds) for turn in range(MAX_SHOWN))
    return tuple(Packet(sender.role, at, sender.payload, "kept", sender.by_jump) for at in times)


def _disconnected(ended_by: IdleExit, outcome: PathOutcome) -> Events:
    """One endpoint disconnects the idle session, and sends the other a message."""
    at = ended_by.after
    before = (packet for packet in _regular_packets(outcome) if packet.at.high < at.low)
    roles: tuple[Role, ...] = ("client", "server")
    reason: ExitReason = "channel" if ended_by.by_channel else "idle"
    exits = (EndpointExit(role, at, reason if role == ended_by.role else "notified") for role in roles)
    return Events(tuple(before), (), tuple(exits))
