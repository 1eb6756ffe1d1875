"""The model against 276 runs of real programs: what it says comes true, and it needs each of its formulas."""

from __future__ import annotations

import pytest

from sshkeep.idle import clocks, notice, side, timing, verdict
from sshkeep.idle.kernel import Kernel
from sshkeep.idle.side import Range, Role, Side
from sshkeep.idle.timing import TIMINGS, Timing, timing_of
from sshkeep.openssh.releases import OLDEST, Release
from tests.idle.observed import Case, cases
from tests.idle.predicted import KINDS, Prediction, predictions

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
        (end.side.role, timing_of(end.side).since) for case in cases() for end in (case.server, case.client)
    }
    rows = {(role, row.since) for role, table in TIMINGS.items() for row in table}
    assert rows - seen == set(NO_RUN)


# What people believe, the manual first; each is to be found wrong.


def _row(role: Role, since: Release, timing: Timing) -> dict[Role, tuple[Timing, ...]]:
    return {**TIMINGS, role: tuple(timing if row.since == since else row for row in TIMINGS[role])}


def _by_the_manual(side: Side) -> Range | None:
    """sshd_config(5), ssh_config(5): disconnects after approximately interval x count seconds."""
    if not side.interval or not side.count_max:
        return None
    return timing.first_timeout(side).later(timing.spacing(side) * (side.count_max - 1))


BELIEFS: dict[str, tuple[object, str, object]] = {
    "disconnects after interval x count": (notice, "notices_stopped_peer", _by_the_manual),
    "sshd 9.2 probes every interval": (
        timing,
        "TIMINGS",
        _row("server", Release(9, 2), Timing(Release(9, 2), starves=True)),
    ),
    "ssh 9.2 probes just when the interval is over": (
        timing,
        "TIMINGS",
        _row("client", Release(9, 2), Timing(Release(9, 2))),
    ),
    "ssh 9.2 does not probe while the user types": (
        timing,
        "TIMINGS",
        _row("client", Release(9, 2), Timing(Release(9, 2), early=1, starves=True)),
    ),
    "sshd 9.5 probes whatever the session prints": (
        timing,
        "TIMINGS",
        _row("server", Release(9, 5), Timing(Release(9, 5))),
    ),
    "a count of 0 never ends a session (sshd_config(5))": (
        side.Side,
        "zero_ends_sessions",
        property(lambda side: False),
    ),
    "a count of 0 ends a session in every release": (
        side.Side,
        "zero_ends_sessions",
        property(lambda side: True),
    ),
    "a count of 0 means that ssh does not care": (notice, "ends_idle", lambda side, heard: None),
    "TCPKeepAlive alone keeps a session": (Kernel, "keepalive_time", 1),
    "TCPKeepAlive no has no part in it": (
        verdict,
        "senders",
        lambda side: iter([verdict.Sender(side.role, side.kernel.keepalive_time, False)]),
    ),
    "the kernel never gives up": (notice, "_by_the_kernel", lambda side: None),
    "the kernel gives up with its first keepalive": (
        Kernel,
        "gives_up_idle",
        property(lambda kernel: kernel.keepalive_time),
    ),
    "what is not acknowledged is sent for ever": (
        Kernel,
        "sends_again_for",
        property(lambda kernel: 1e9),
    ),
    "an outage is survived up to the disconnect": (
        notice,
        "tolerates",
        lambda side: end.low if (end := notice.notices_dead_peer(side)) else None,
    ),
    "a login may take as long as it likes": (clocks, "login_silence", lambda side: None),
    "ssh waits interval x (count + 1) in a login": (
        clocks,
        "login_silence",
        lambda side: side.interval * (side.count_max + 3) if side.interval else None,
    ),
    "ChannelTimeout session= ends a session (sshd_config(5))": (
        clocks,
        "idle_time",
        lambda names, words, target: next((int(word[-2]) for word in words if "=" in word), 0),
    ),
    "ssh must speak before the path forgets": (
        verdict,
        "_verdict",
        lambda by, counted, server, path: (
            "dropped" if by is None or by.seconds >= path.timeout else "survives"
        ),
    ),
}


@pytest.mark.parametrize("belief", BELIEFS)
def test_what_people_believe_is_found_wrong(belief: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = BELIEFS[belief]
    monkeypatch.setattr(where, name, instead)
    assert wrong()


def test_a_prediction_can_be_wrong_in_each_way() -> None:
    late = Prediction("exits", Range(2, 3), 3.4, until=9)
    assert late.spoken and not late.right
    assert not Prediction("exits", Range(2, 3), None, until=9).right
    assert not Prediction("exits", None, 3.0, until=9).right
    assert not Prediction("answered", True, False).right
    assert not Prediction("exits", Range(8.8, 9), None, until=9).spoken
