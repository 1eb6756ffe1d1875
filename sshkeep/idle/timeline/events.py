"""The events of a timeline: packets that an endpoint sends by itself, and how an endpoint exits."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import count, takewhile
from typing import Literal

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.idle.model.peer_detection import first_probe, notices_dead_peer, notices_unresponsive_peer
from sshkeep.idle.model.timers import probe_spacing
from sshkeep.named import NamedTuple

Fate = Literal["kept", "ignored", "lost", "reset", "restores", "uncertain"]
"""What the path does with a packet. ``kept``: passes it and restarts its timeout. ``ignored``: passes it, but
does not count it. ``lost``: drops it. ``reset``: answers it with a TCP reset. ``restores``: passes it and
knows the session again. ``uncertain``: ``kept`` or ``lost``, depending on less than a second."""

ExitReason = Literal["unanswered", "idle", "channel", "reset", "closed", "notified"]
"""Why an endpoint exits. ``unanswered``: no answer came in time. ``idle``: it was idle for an interval, and
its count is 0. ``channel``: ChannelTimeout closed the shell. ``reset``: a TCP reset came. ``closed``: the
path closed the connection. ``notified``: the peer disconnected."""

MAX_SHOWN = 3
"""Packets of one endpoint that a timeline shows; three are enough to show how often they come."""


class Packet(NamedTuple):
    """A packet, ``at`` seconds after the last packet of the session that got through.

    ``payload``: an SSH probe, else an empty keepalive of the kernel. ``by_jump``: the client's connection to
    a jump host sends it.
    """

    role: Role
    at: TimeRange
    payload: bool
    fate: Fate = "lost"
    by_jump: bool = False


class EndpointExit(NamedTuple):
    """An endpoint exits, ``at`` seconds after the last packet that got through."""

    role: Role
    at: TimeRange
    reason: ExitReason

    @property
    def shown(self) -> TimeRange:
        """The range to show: about a second, or a fiftieth of the time, is no range."""
        low, high = self.at
        return TimeRange(low if high - low > max(1.0, high / 50) else high, high)


class Events(NamedTuple):
    """What happens on one path: packets, the times at which the path forgets the session, and exits."""

    packets: tuple[Packet, ...] = ()
    expiries: tuple[float, ...] = ()
    exits: tuple[EndpointExit, ...] = ()


def unanswered_packets(endpoint: Endpoint, acknowledged: float = 0) -> Iterator[Packet]:
    """The packets of an endpoint that gets no answer, until it exits; without TCP's retransmissions.

    ``acknowledged``: when the peer's kernel last answered a keepalive.
    """
    end = notices_dead_peer(endpoint, acknowledged)
    if end is None:
        return
    probes = takewhile(lambda packet: packet.at.high < end.high, _probes(endpoint))
    first = next(probes, None)
    yield from _keepalives(endpoint, min(end.high, first.at.low if first else end.high), acknowledged)
    if first:
        yield first
        yield from probes


def _keepalives(endpoint: Endpoint, until: float, acknowledged: float) -> Iterator[Packet]:
    """The kernel's keepalives; a probe in flight suspends them."""
    tcp = endpoint.connections[-1]
    if not tcp.tcp_keepalive:
        return
    for turn in range(tcp.kernel.keepalive_probes):
        at = acknowledged + tcp.kernel.keepalive_time + turn * tcp.kernel.keepalive_intvl
        if at >= until:
            return
        yield Packet(endpoint.role, TimeRange(at, at), False, by_jump=tcp is not endpoint)


def _probes(endpoint: Endpoint) -> Iterator[Packet]:
    """The probes of the endpoint and of the connections that carry it, without end."""
    return merge(
        *(_probes_of(each, each is not endpoint) for each in endpoint.connections),
        key=lambda packet: packet.at.high,
    )


def _probes_of(endpoint: Endpoint, by_jump: bool) -> Iterator[Packet]:
    if first := first_probe(endpoint):
        for turn in count():
            at = first.shifted(turn * probe_spacing(endpoint))
            yield Packet(endpoint.role, at, True, by_jump=by_jump)


def exit_unanswered(endpoint: Endpoint, acknowledged: float = 0) -> EndpointExit | None:
    """How an endpoint exits that gets no answer; None if it waits for ever."""
    at = notices_dead_peer(endpoint, acknowledged)
    if at is None:
        return None
    idle = [notices_unresponsive_peer(each) for each in endpoint.connections if each.disconnects_when_idle]
    by_count = any(end and end.low <= at.low for end in idle)
    return EndpointExit(endpoint.role, at, "idle" if by_count else "unanswered")
