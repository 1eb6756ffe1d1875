"""When an endpoint notices that its peer is gone, and when it disconnects a peer that is not."""

from __future__ import annotations

from sshkeep.idle.model.endpoint import Endpoint, TimeRange
from sshkeep.idle.model.timers import disconnects_after, first_timeout, release_timing, timer_range


def first_probe(endpoint: Endpoint) -> TimeRange | None:
    """Seconds from the last packet to the first probe; None if none is sent."""
    return first_timeout(endpoint) if endpoint.sends_probes else None


def notices_dead_peer(endpoint: Endpoint, acknowledged: float = 0) -> TimeRange | None:
    """Seconds from the last packet received to this endpoint's exit if nothing gets through; None for never.

    A client behind a jump host exits when its connection to the jump host ends, whatever its own settings
    are. ``acknowledged``: when the peer's kernel last answered a TCP keepalive, which restarts TCP's own
    timer.
    """
    counted = [notices_unresponsive_peer(each) for each in endpoint.connections]
    return _earliest([*counted, _kernel_gives_up(endpoint, acknowledged)])


def notices_unresponsive_peer(endpoint: Endpoint) -> TimeRange | None:
    """The same for a peer whose kernel still answers, but whose program does not: only probes notice that."""
    seconds = disconnects_after(endpoint)
    return None if seconds is None else timer_range(seconds, endpoint)


def _kernel_gives_up(endpoint: Endpoint, acknowledged: float = 0) -> TimeRange | None:
    """When TCP ends the connection; None if nothing makes it notice.

    An unacknowledged probe suspends the kernel's keepalive; then the retransmission timeout counts.
    """
    kernel, probe = endpoint.connections[-1].kernel, first_probe_on_path(endpoint)
    if _keepalive_ends_first(endpoint, acknowledged):
        end = acknowledged + kernel.keepalive_timeout
        return TimeRange(end, end)
    if probe is None:
        return None
    shortest, longest = kernel.retransmission_timeout_min, kernel.retransmission_timeout_max
    return TimeRange(probe.low + shortest, probe.high + longest)


def _keepalive_ends_first(endpoint: Endpoint, acknowledged: float = 0) -> bool:
    """Whether the kernel's keepalive ends the connection before a probe is in flight."""
    tcp, probe = endpoint.connections[-1], first_probe_on_path(endpoint)
    return tcp.tcp_keepalive and (probe is None or acknowledged + tcp.kernel.keepalive_timeout < probe.low)


def first_probe_on_path(endpoint: Endpoint) -> TimeRange | None:
    """As `first_probe`, of the endpoint or of a connection that carries it."""
    return _earliest([first_probe(each) for each in endpoint.connections])


def _earliest(ranges: list[TimeRange | None]) -> TimeRange | None:
    known = [each for each in ranges if each]
    return TimeRange(min(each.low for each in known), min(each.high for each in known)) if known else None


def ends_idle(endpoint: Endpoint, heard_every: float | None) -> TimeRange | None:
    """When this endpoint disconnects a silent session on a healthy link; only a count of 0 does that.

    ``heard_every``: seconds between the packets that the peer sends by itself; None if it sends none.
    """
    if not endpoint.disconnects_when_idle:
        return None
    end = first_timeout(endpoint)
    return None if heard_every is not None and heard_every < end.low else end


def tolerates(endpoint: Endpoint) -> float | None:
    """Seconds from the last packet received for which the link may be down without ending the session.

    TCP sends a lost probe again after waits that double. Only if the link is back in the first half of the
    time that is left does the answer certainly come in time. None: any time.
    """
    limits = [_half_way(each) for each in endpoint.connections]
    kernel, probe = endpoint.connections[-1].kernel, first_probe_on_path(endpoint)
    if _keepalive_ends_first(endpoint):
        limits.append(kernel.last_keepalive)
    elif probe:
        limits.append(probe.low + kernel.retransmission_timeout_min / 2)
    return min((limit for limit in limits if limit is not None), default=None)


def _half_way(endpoint: Endpoint) -> float | None:
    end = notices_unresponsive_peer(endpoint)
    if end is None:
        return None
    first = first_timeout(endpoint).low
    return first + (end.low - first) / 2


def starves(endpoint: Endpoint) -> bool:
    """Whether a session with traffic of its own keeps this endpoint from probing a dead peer."""
    return endpoint.sends_probes and release_timing(endpoint).starved_by_traffic


def login_timeout(endpoint: Endpoint) -> int | None:
    """Seconds of the server's silence after which ssh gives up a login; None for never.

    packet.c, ssh_packet_read_seqnr: during key exchange and authentication ssh reads with a timeout of
    interval x count, which is one interval less than in the session.
    """
    return endpoint.interval * endpoint.count_max if endpoint.interval and endpoint.count_max else None
