"""When the timers of ssh and sshd fire, by release."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.openssh.releases import INTERVAL_DOUBLED, OLDEST, Release


class ReleaseTiming(NamedTuple):
    """How a release keeps its interval, from ``since`` on.

    The first probe comes up to ``early`` seconds before the interval is over, or ``late`` after it.
    ``starves``: while the session's other traffic goes on, no probe is sent, be the peer dead or not.
    """

    since: Release
    early: int = 0
    late: int = 0
    doubled: bool = False
    starves: bool = False


RELEASE_TIMINGS: dict[Role, tuple[ReleaseTiming, ...]] = {
    # clientloop.c: 8.4 notes when the last packet came (before, each turn of the loop began the interval
    # anew); 9.2 takes the deadline from the whole second in which it came.
    "client": (
        ReleaseTiming(OLDEST, starves=True),
        ReleaseTiming(Release(8, 4), early=1, late=1),
        ReleaseTiming(Release(9, 2), early=1),
    ),
    # serverloop.c: from 9.2 on a probe is thought of only when poll() has waited for nothing.
    # wait_until_can_do_something of 9.2 to 9.4 wants more than the interval, and waits for another one.
    "server": (
        ReleaseTiming(OLDEST, early=1),
        ReleaseTiming(INTERVAL_DOUBLED[0], doubled=True, starves=True),
        ReleaseTiming(Release(INTERVAL_DOUBLED[1].major, INTERVAL_DOUBLED[1].minor + 1), starves=True),
    ),
}

OTHER_PROGRAMS = ReleaseTiming(OLDEST, late=1)
"""Programs that are not OpenSSH: Tera Term (ssh_heartbeat_thread) waits one second more than it is told."""


def release_timing(side: Endpoint) -> ReleaseTiming:
    """The row of the side's release."""
    release = side.release
    if release is None:
        return OTHER_PROGRAMS
    return next(row for row in reversed(RELEASE_TIMINGS[side.role]) if row.since <= release)


def probe_spacing(side: Endpoint) -> int:
    """Seconds from one probe to the next while nothing else is said."""
    return side.interval * (2 if release_timing(side).doubled else 1)


def first_timeout(side: Endpoint) -> TimeRange:
    """Seconds from the last packet to the first time that the interval is found to be over."""
    timing = release_timing(side)
    if timing.doubled:
        return TimeRange(side.interval, 2 * side.interval)
    return TimeRange(max(side.interval - timing.early, 0), side.interval + timing.late)
