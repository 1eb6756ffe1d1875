"""Who notices that the peer is gone, and when; who leaves although it is not."""

from __future__ import annotations

from sshkeep.idle.model.endpoint import Endpoint, TimeRange
from sshkeep.idle.model.timers import first_timeout, probe_spacing, release_timing


def first_probe(side: Endpoint) -> TimeRange | None:
    """Seconds from the last packet to the first probe; None where none is sent."""
    return first_timeout(side) if side.sends_probes else None


def notices_dead_peer(side: Endpoint) -> TimeRange | None:
    """Seconds from the last packet received to this end's exit when nothing gets through; None for never.

    Without SSH probes the kernel's keepalive notices. A probe that is under way silences that; then the
    kernel gives up sending it again, or the program counts to its end, whichever comes first.
    """
    ways = [way for way in (notices_unresponsive_peer(side), _by_the_kernel(side)) if way]
    return TimeRange(min(way.low for way in ways), min(way.high for way in ways)) if ways else None


def notices_unresponsive_peer(side: Endpoint) -> TimeRange | None:
    """The same for a peer whose kernel still answers, but whose program does not: only counting helps.

    The manual's ``interval x count`` is one interval short: the last probe's answer is waited for, too.
    """
    if side.interval == 0 or side.count_max is None:
        return None
    if side.count_max == 0:
        return first_timeout(side) if side.zero_ends_sessions else None
    return first_timeout(side).shifted(probe_spacing(side) * side.count_max)


def _by_the_kernel(side: Endpoint) -> TimeRange | None:
    kernel, probe = side.kernel, first_probe(side)
    if side.tcp_keepalive and (probe is None or kernel.gives_up_idle < probe.low):
        return TimeRange(kernel.gives_up_idle, kernel.gives_up_idle)
    if probe is None:
        return None
    return TimeRange(probe.low + kernel.sends_again_for, probe.high + kernel.sends_again_at_most)


def ends_idle(side: Endpoint, heard_every: float | None) -> TimeRange | None:
    """When this end leaves a silent session on a healthy link: a count of 0 does that.

    ``heard_every``: seconds between what the peer sends by itself; None where it sends nothing.
    """
    if side.interval == 0 or side.count_max != 0 or not side.zero_ends_sessions:
        return None
    over = first_timeout(side)
    return None if heard_every is not None and heard_every < over.low else over


def tolerates(side: Endpoint) -> float | None:
    """Seconds from the last packet received for which a link may be down and the session goes on for certain.

    A probe that was lost is sent again after waits that double, so the last half of the waiting is of no
    use: only what comes back in the first half is sure to be heard in time. None: any time.
    """
    end = notices_dead_peer(side)
    counted = notices_unresponsive_peer(side)
    if end is None:
        return None
    if counted and counted.low <= end.low:
        first = first_timeout(side).low
        return first + (counted.low - first) / 2
    probe = first_probe(side)
    if probe is None or side.kernel.gives_up_idle < probe.low:
        return side.kernel.last_chance
    return probe.low + side.kernel.sends_again_for / 2


def starves(side: Endpoint) -> bool:
    """Whether a session with traffic of its own keeps this end from probing a dead peer."""
    return side.sends_probes and release_timing(side).starves
