"""When the timers of ssh and sshd fire, by release."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.idle.side import Range, Role, Side
from sshkeep.openssh.releases import INTERVAL_DOUBLED, OLDEST, Release


class Timing(NamedTuple):
    """How a release keeps its interval, from ``since`` on.

    The first probe comes up to ``early`` seconds before the interval is over, or ``late`` after it.
    ``starves``: while the session's other traffic goes on, no probe is sent, be the peer dead or not.
    """

    since: Release
    early: int = 0
    late: int = 0
    doubled: bool = False
    starves: bool = False


TIMINGS: dict[Role, tuple[Timing, ...]] = {
    # clientloop.c: 8.4 notes when the last packet came (before, each turn of the loop began the interval
    # anew); 9.2 takes the deadline from the whole second in which it came.
    "client": (
        Timing(OLDEST, starves=True),
        Timing(Release(8, 4), early=1, late=1),
        Timing(Release(9, 2), early=1),
    ),
    # serverloop.c: from 9.2 on a probe is thought of only when poll() has waited for nothing.
    # wait_until_can_do_something of 9.2 to 9.4 wants more than the interval, and waits for another one.
    "server": (
        Timing(OLDEST, early=1),
        Timing(INTERVAL_DOUBLED[0], doubled=True, starves=True),
        Timing(Release(INTERVAL_DOUBLED[1].major, INTERVAL_DOUBLED[1].minor + 1), starves=True),
    ),
}

OTHERS = Timing(OLDEST, late=1)
"""Programs that are not OpenSSH: Tera Term (ssh_heartbeat_thread) waits one second more than it is told."""


def timing_of(side: Side) -> Timing:
    """The row of the side's release."""
    release = side.release
    if release is None:
        return OTHERS
    return next(row for row in reversed(TIMINGS[side.role]) if row.since <= release)


def spacing(side: Side) -> int:
    """Seconds from one probe to the next while nothing else is said."""
    return side.interval * (2 if timing_of(side).doubled else 1)


def first_timeout(side: Side) -> Range:
    """Seconds from the last packet to the first time that the interval is found to be over."""
    timing = timing_of(side)
    if timing.doubled:
        return Range(side.interval, 2 * side.interval)
    return Range(max(side.interval - timing.early, 0), side.interval + timing.late)
