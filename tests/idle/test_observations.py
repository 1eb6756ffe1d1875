"""The model against 276 runs of real programs: what it says comes true, and it needs each of its formulas."""

from __future__ import annotations

import pytest

from sshkeep.idle import other_timeouts
from sshkeep.idle.model import endpoint, peer_detection, timers, verdict
from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.timers import RELEASE_TIMINGS, ReleaseTiming, release_timing
from sshkeep.openssh.releases import OLDEST, Release
from tests.idle.observations import Case, cases
from tests.idle.predictions import KINDS, Prediction, predictions

NOT_SPOKEN_OF = {
    "muxnew-sa2-1-alive": "what a second ssh sees that goes through a master's connection",
    "muxnew-sa6-1": "the same, after the master's connection was lost",
    "flap5-sa2-3": "an outage that is neither short nor long enough to be sure",
}
NO_RUN = {
    ("client", OLDEST): "ssh 8.0 to 8.3: each turn of its loop begins the interval anew; from the source",
}
"""Rows of TIMINGS without a run."""

NO_RUN_OF = {
    "LoginGraceTime, UnusedConnectionTimeout, ControlPersist": "clocks measured otherwise, or from the source",
    "counts_kernel False, on_expiry close": "proxies: from their vendors' words",
    "on_expiry rst, for an end that probes": "the runs with resets had no probes, so the speaker was told",
    "tcp_retries2 as shipped": "a run takes 15 minutes; 3 was measured",
}
"""Formulas without a run."""


def wrong() -> list[tuple[str, Prediction]]:
    return [
        (case.name, prediction)
        for case in cases()
        for run in case.runs
        for prediction in predictions(case, run)
        if prediction.spoken and not prediction.right
    ]


def test_every_prediction_comes_true() -> None:
    assert sum(len(case.runs) for case in cases()) == 276
    assert wrong() == []


def test_the_model_says_something_of_each_case_but_those_named() -> None:
    def silent(case: Case) -> bool:
        return not any(p.spoken for run in case.runs for p in predictions(case, run))

    assert {case.name for case in cases() if silent(case)} == set(NOT_SPOKEN_OF)
    assert {case.done for case in cases()} - set(KINDS) == {"muxnew"}


def test_there_is_a_run_of_each_row_of_the_table_but_those_named() -> None:
    seen = {
        (end.endpoint.role, release_timing(end.endpoint).since)
        for case in cases()
        for end in (case.server, case.client)
    }
    rows = {(role, row.since) for role, table in RELEASE_TIMINGS.items() for row in table}
    assert rows - seen == set(NO_RUN)


# What people believe, the manual first; each is to be found wrong.


def _row(role: Role, since: Release, timers: ReleaseTiming) -> dict[Role, tuple[ReleaseTiming, ...]]:
    return {
        **RELEASE_TIMINGS,
        role: tuple(timers if row.since == since else row for row in RELEASE_TIMINGS[role]),
    }


def _by_the_manual(endpoint: Endpoint) -> TimeRange | None:
    """sshd_config(5), ssh_config(5): disconnects after approximately interval x count seconds."""
    if not endpoint.interval or not endpoint.count_max:
        return None
    return timers.first_timeout(endpoint).shifted(timers.probe_spacing(endpoint) * (endpoint.count_max - 1))


def _kernel_sender(endpoint: Endpoint) -> verdict.Sender:
    """A kernel that sends keepalives, whatever TCPKeepAlive says."""
    seconds = endpoint.kernel.keepalive_time
    return verdict.Sender(endpoint.role, seconds, False, TimeRange(seconds, seconds))


BELIEFS: dict[str, tuple[object, str, object]] = {
    "disconnects after interval x count": (peer_detection, "notices_unresponsive_peer", _by_the_manual),
    "sshd 9.2 probes every interval": (
        timers,
        "RELEASE_TIMINGS",
        _row("server", Release(9, 2), ReleaseTiming(Release(9, 2), starved_by_traffic=True)),
    ),
    "ssh 9.2 probes just when the interval is over": (
        timers,
        "RELEASE_TIMINGS",
        _row("client", Release(9, 2), ReleaseTiming(Release(9, 2))),
    ),
    "ssh 9.2 does not probe while the user types": (
        timers,
        "RELEASE_TIMINGS",
        _row("client", Release(9, 2), ReleaseTiming(Release(9, 2), early=1, starved_by_traffic=True)),
    ),
    "sshd 9.5 probes whatever the session prints": (
        timers,
        "RELEASE_TIMINGS",
        _row("server", Release(9, 5), ReleaseTiming(Release(9, 5))),
    ),
    "a count of 0 never ends a session (sshd_config(5))": (
        endpoint.Endpoint,
        "zero_ends_sessions",
        property(lambda endpoint: False),
    ),
    "a count of 0 ends a session in every release": (
        endpoint.Endpoint,
        "zero_ends_sessions",
        property(lambda endpoint: True),
    ),
    "a count of 0 means that ssh does not care": (peer_detection, "ends_idle", lambda endpoint, heard: None),
    "TCPKeepAlive alone keeps a session": (Kernel, "keepalive_time", 1),
    "TCPKeepAlive no has no part in it": (
        verdict,
        "senders",
        lambda endpoint: iter([_kernel_sender(endpoint)]),
    ),
    "the kernel never gives up": (peer_detection, "_kernel_gives_up", lambda endpoint, acknowledged=0: None),
    "the kernel gives up with its first keepalive": (
        Kernel,
        "keepalive_timeout",
        property(lambda kernel: kernel.keepalive_time),
    ),
    "what is not acknowledged is sent for ever": (
        Kernel,
        "retransmission_timeout_min",
        property(lambda kernel: 1e9),
    ),
    "an outage is survived up to the disconnect": (
        peer_detection,
        "tolerates",
        lambda endpoint: end.low if (end := peer_detection.notices_dead_peer(endpoint)) else None,
    ),
    "a login may take as long as it likes": (peer_detection, "login_timeout", lambda endpoint: None),
    "ssh waits interval x (count + 1) in a login": (
        peer_detection,
        "login_timeout",
        lambda endpoint: endpoint.interval * (endpoint.count_max + 3) if endpoint.interval else None,
    ),
    "ChannelTimeout session= ends a session (sshd_config(5))": (
        other_timeouts,
        "idle_time",
        lambda names, words, target: next((int(word[-2]) for word in words if "=" in word), 0),
    ),
    "ssh must speak before the path forgets": (
        verdict,
        "_verdict",
        lambda sender, counted, server, path: (
            "dropped" if sender is None or sender.seconds >= path.timeout else "survives"
        ),
    ),
}


@pytest.mark.parametrize("belief", BELIEFS)
def test_what_people_believe_is_found_wrong(belief: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = BELIEFS[belief]
    monkeypatch.setattr(where, name, instead)
    assert wrong()


def test_a_prediction_can_be_wrong_in_each_way() -> None:
    late = Prediction("exits", TimeRange(2, 3), 3.4, until=9)
    assert late.spoken and not late.right
    assert not Prediction("exits", TimeRange(2, 3), None, until=9).right
    assert not Prediction("exits", None, 3.0, until=9).right
    assert not Prediction("answered", True, False).right
    assert not Prediction("exits", TimeRange(8.8, 9), None, until=9).spoken
