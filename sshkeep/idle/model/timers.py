"""When the keepalive timers of ssh and sshd fire, by release."""

from __future__ import annotations

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import INTERVAL_DOUBLED, OLDEST, Release


class ReleaseTiming(NamedTuple):
    """How a release measures its interval, from ``since`` on.

    The interval ends up to ``early`` seconds before its nominal end, or ``late`` seconds after it.
    ``starved_by_traffic``: no probe goes out while the session has other traffic, even if the peer is dead.
    """

    since: Release
    early: int = 0
    late: int = 0
    doubles_interval: bool = False
    starved_by_traffic: bool = False


RELEASE_TIMINGS: dict[Role, tuple[ReleaseTiming, ...]] = {
    # clientloop.c: since 8.4 the interval begins with the last packet received (before, with each turn of the
    # event loop); since 9.2 the deadline is computed from the whole second in which that packet came.
    "client": (
        ReleaseTiming(OLDEST, starved_by_traffic=True),
        ReleaseTiming(Release(8, 4), early=1, late=1),
        ReleaseTiming(Release(9, 2), early=1),
    ),
    # serverloop.c: since 9.2 a probe is considered only when poll() times out.
    # wait_until_can_do_something of 9.2 to 9.4 compares with > instead of >=, and waits for another interval.
    "server": (
        ReleaseTiming(OLDEST, early=1),
        ReleaseTiming(INTERVAL_DOUBLED[0], doubles_interval=True, starved_by_traffic=True),
        ReleaseTiming(
            Release(INTERVAL_DOUBLED[1].major, INTERVAL_DOUBLED[1].minor + 1), starved_by_traffic=True
        ),
    ),
}

OTHER_PROGRAMS = ReleaseTiming(OLDEST, late=1)
"""Programs other than OpenSSH: Tera Term (ssh_heartbeat_thread) waits one second more than configured."""


def release_timing(endpoint: Endpoint) -> ReleaseTiming:
    """The row of the endpoint's release."""
    release = endpoint.release
    if release is None:
        return OTHER_PROGRAMS
    return next(row for row in reversed(RELEASE_TIMINGS[endpoint.role]) if row.since <= release)


def probe_spacing(endpoint: Endpoint) -> int:
    """Seconds from one probe to the next on an idle session."""
    return endpoint.interval * (2 if release_timing(endpoint).doubles_interval else 1)


def interval_for(spacing: int, endpoint: Endpoint) -> int:
    """The interval to configure, at least 1, so that probes go out every ``spacing`` seconds or sooner."""
    return max(spacing // 2, 1) if release_timing(endpoint).doubles_interval else spacing


def disconnects_after(endpoint: Endpoint) -> int | None:
    """Nominal seconds of silence after which this endpoint disconnects its peer; None for never.

    That is (count + 1) intervals: the endpoint waits for the answer to its last probe, too. The manual pages'
    ``interval x count`` leaves that out. A count of 0 is one interval, or never
    (`Endpoint.zero_ends_sessions`).
    """
    if endpoint.interval == 0 or endpoint.count_max is None:
        return None
    if endpoint.count_max == 0 and not endpoint.zero_ends_sessions:
        return None
    return probe_spacing(endpoint) * (endpoint.count_max + 1)


def timer_range(nominal: float, endpoint: Endpoint) -> TimeRange:
    """The range in which a timer fires whose nominal time is so many seconds after the last packet.

    sshd 9.2 to 9.4 may see its first interval end in time, and only later ones late.
    """
    timing = release_timing(endpoint)
    early = endpoint.interval if timing.doubles_interval else timing.early
    return TimeRange(max(nominal - early, 0), nominal + timing.late)


def first_timeout(endpoint: Endpoint) -> TimeRange:
    """Seconds from the last packet to the first time that the endpoint finds its interval over."""
    return timer_range(probe_spacing(endpoint), endpoint)
