"""What one end says by itself when nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, takewhile
from typing import Literal, NamedTuple

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.idle.model.peer_detection import first_probe, notices_dead_peer
from sshkeep.idle.model.timers import probe_spacing

Fate = Literal["kept", "ignored", "lost", "reset", "revives", "unsure"]
"""What the path does with a packet: passes it and begins its time anew; passes it, but does not count it;
drops it; answers with a reset; passes it and knows the session again; the first or the third, by luck."""

MAX_SHOWN = 3
"""So many packets of a train are told; they make the rhythm plain."""


class Packet(NamedTuple):
    """Seconds from the last packet; ``payload``: an SSH probe, else an empty keepalive of the kernel."""

    role: Role
    at: TimeRange
    payload: bool
    fate: Fate = "lost"


def unanswered_packets(side: Endpoint, heard: float = 0) -> Iterator[Packet]:
    """The packets of an end to which nothing comes back, until it gives up.

    The kernel's keepalives begin anew with any packet, the last one at ``heard`` seconds; a probe that is
    under way silences them. Of a probe that is sent again and again the first time is told only.
    """
    end, probe, kernel = exit_time(side, heard), first_probe(side), side.kernel
    if end is None:
        return
    if side.tcp_keepalive:
        until = min(end.high, probe.low if probe else end.high)
        for turn in range(kernel.keepalive_probes):
            at = heard + kernel.keepalive_time + turn * kernel.keepalive_intvl
            if at >= until:
                break
            yield Packet(side.role, TimeRange(at, at), False)
    if probe:
        probes = (probe.shifted(turn * probe_spacing(side)) for turn in count())
        for then in takewhile(lambda probe: probe.high < end.high, probes):
            yield Packet(side.role, then, True)


def exit_time(side: Endpoint, heard: float = 0) -> TimeRange | None:
    """Seconds at which the end exits that hears nothing; what its kernel counts begins at ``heard``."""
    end, probe = notices_dead_peer(side), first_probe(side)
    by_kernel = probe is None or side.kernel.gives_up_idle < probe.low
    counts = side.interval > 0 and side.count_max == 0 and side.zero_ends_sessions
    return end.shifted(heard) if end and by_kernel and not counts else end
