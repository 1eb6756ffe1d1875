"""The timers of each end: what its settings and release come to. Seconds; (low, high), or None for never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.idle.known_paths import KNOWN_PATHS
from sshkeep.idle.model.endpoint import Endpoint, Role, through_jump_host
from sshkeep.idle.model.forecast import forecast
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.peer_detection import ends_idle, first_probe, notices_dead_peer, starves, tolerates
from sshkeep.idle.model.timers import probe_spacing
from sshkeep.idle.model.verdict import path_outcome
from sshkeep.idle.timeline.timeline import build_timeline
from sshkeep.openssh.releases import NEWEST, OLDEST, Release

Span = tuple[float, float] | None


def side(
    role: Role, release: str, interval: int = 0, count: int | None = 3, tcp: bool = True, **kernel: int
) -> Endpoint:
    major, _, minor = release.partition(".")
    at = Release(int(major), int(minor)) if release else None
    return Endpoint(role, at, interval, count, tcp, Kernel(**kernel))


PROBES: list[tuple[Endpoint, Span, int]] = [
    (side("client", "8.3", 60), (60, 60), 60),
    (side("client", "8.4", 60), (59, 61), 60),
    (side("client", "9.1", 60), (59, 61), 60),
    (side("client", "9.2", 60), (59, 60), 60),
    (side("client", "10.6", 60), (59, 60), 60),
    (side("client", "10.6", 0), None, 0),
    (side("client", "10.6", 60, 0), None, 60),
    (side("server", "8.1", 60), (59, 60), 60),
    (side("server", "9.1", 60), (59, 60), 60),
    (side("server", "9.2", 60), (60, 120), 120),
    (side("server", "9.4", 60), (60, 120), 120),
    (side("server", "9.5", 60), (60, 60), 60),
    (side("server", "8.1", 60, 0), None, 60),
    (side("server", "8.2", 60, 0), (59, 60), 60),
    (side("client", "", 60, None), (60, 61), 60),
]


@pytest.mark.parametrize(("side", "first", "every"), PROBES, ids=str)
def test_when_probes_go_out(side: Endpoint, first: Span, every: int) -> None:
    assert first_probe(side) == first
    assert probe_spacing(side) == every


NOTICES: list[tuple[Endpoint, Span]] = [
    (side("client", "10.6", 15), (59, 60)),
    (side("client", "8.8", 15), (59, 61)),
    (side("client", "10.6", 15, 0), (14, 15)),
    (side("server", "10.6", 15), (60, 60)),
    (side("server", "8.9", 15), (59, 60)),
    (side("server", "9.2", 15), (105, 120)),
    (side("server", "8.1", 15, 0), (14, 15)),
    # Nothing is sent: the kernel's own probes notice.
    (side("server", "10.6"), (7875, 7875)),
    (side("client", "10.6"), (7875, 7875)),
    (side("client", "10.6", tcp=False), None),
    (side("client", "10.6", keepalive_time=100, keepalive_intvl=10, keepalive_probes=5), (150, 150)),
    # They are sooner than the program's, where they are.
    (side("client", "10.6", 600, keepalive_time=100, keepalive_intvl=10, keepalive_probes=5), (150, 150)),
    # A probe is under way: the kernel sends it again for so long, whatever the count says.
    (side("client", "10.6", 60, 100), (59 + 924.6, 60 + 1082.64)),
    (side("server", "10.6", 60, 0), (60 + 924.6, 60 + 1082.64)),
    (side("server", "10.6", 60, 0, tcp=False), (60 + 924.6, 60 + 1082.64)),
    (side("client", "", 60, None), (60 + 924.6, 61 + 1082.64)),
]


@pytest.mark.parametrize(("side", "span"), NOTICES, ids=str)
def test_when_a_dead_peer_is_noticed(side: Endpoint, span: Span) -> None:
    assert notices_dead_peer(side) == (pytest.approx(span) if span else None)


TOLERATES: list[tuple[Endpoint, float | None]] = [
    (side("client", "10.6", 15), 14 + 22.5),
    (side("client", "10.6", 15, 1), 14 + 7.5),
    (side("server", "9.2", 15), 15 + 45),
    (side("client", "10.6"), 7800),
    (side("client", "10.6", tcp=False), None),
    (side("server", "10.6", 60, 0), 60 + 462.3),
]


@pytest.mark.parametrize(("side", "seconds"), TOLERATES, ids=str)
def test_how_long_the_link_may_be_down(side: Endpoint, seconds: float | None) -> None:
    assert tolerates(side) == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize(
    ("side", "heard_every", "span"),
    [
        (side("client", "10.6", 30, 0), None, (29, 30)),
        (side("client", "10.6", 30, 0), 28, None),
        (side("client", "10.6", 30, 0), 30, (29, 30)),
        (side("client", "10.6", 30, 1), None, None),
        (side("server", "8.1", 30, 0), None, (29, 30)),
        (side("server", "8.2", 30, 0), None, None),
        (side("server", "8.1", 0, 0), None, None),
    ],
    ids=str,
)
def test_who_leaves_a_healthy_session(side: Endpoint, heard_every: float | None, span: Span) -> None:
    assert ends_idle(side, heard_every) == span


@pytest.mark.parametrize(
    ("side", "answer"),
    [
        (side("client", "8.3", 60), True),
        (side("client", "8.4", 60), False),
        (side("server", "9.1", 60), False),
        (side("server", "9.2", 60), True),
        (side("server", "10.6", 60), True),
        (side("server", "10.6", 0), False),
        (side("client", "", 60, None), False),
    ],
    ids=str,
)
def test_whether_traffic_keeps_it_from_probing(side: Endpoint, answer: bool) -> None:
    assert starves(side) is answer


IDLE = side("server", "10.6")
SILENT = side("client", "10.6", tcp=False)

VERDICTS = [
    # server, client, path, verdict, who speaks most often
    (IDLE, side("client", "10.6", 60), NetworkPath("p", 350), "survives", "client"),
    (IDLE, side("client", "10.6", 175), NetworkPath("p", 350), "survives", "client"),
    (IDLE, side("client", "10.6", 176), NetworkPath("p", 350), "at risk", "client"),
    (IDLE, side("client", "10.6", 348), NetworkPath("p", 350), "at risk", "client"),
    (IDLE, side("client", "10.6", 349), NetworkPath("p", 350), "race", "client"),
    (IDLE, side("client", "10.6", 350), NetworkPath("p", 350), "race", "client"),
    (IDLE, side("client", "10.6", 351), NetworkPath("p", 350), "dropped", "client"),
    (side("server", "9.2", 175), SILENT, NetworkPath("p", 350), "race", "server"),
    (side("server", "9.2", 180), SILENT, NetworkPath("p", 350), "dropped", "server"),
    (side("server", "9.5", 180), SILENT, NetworkPath("p", 350), "at risk", "server"),
    (side("server", "9.2", 300), side("client", "10.6", 60), NetworkPath("p", 350), "survives", "client"),
    # TCPKeepAlive alone: as often as the kernel likes, and only where such packets count.
    (IDLE, SILENT, NetworkPath("p", 350, counts_kernel=True), "dropped", "server"),
    (IDLE, SILENT, NetworkPath("p", 7440, counts_kernel=True), "at risk", "server"),
    (IDLE, SILENT, NetworkPath("p", 86400, counts_kernel=True), "survives", "server"),
    (IDLE, SILENT, NetworkPath("p", 86400), "at risk", "server"),
    (IDLE, SILENT, NetworkPath("p", 86400, counts_kernel=False), "dropped", None),
    (side("server", "10.6", tcp=False), SILENT, NetworkPath("p", 86400), "dropped", None),
    # What the path forgot, a packet from the client brings back, but none from the server.
    (IDLE, side("client", "10.6", 400), NetworkPath("p", 350, "recreate"), "at risk", "client"),
    (side("server", "10.6", 400), SILENT, NetworkPath("p", 350, "recreate"), "dropped", "server"),
    # Unless the server has given up before.
    (
        side("server", "9.2", 30),
        side("client", "10.6"),
        NetworkPath("p", 50, "recreate"),
        "dropped",
        "server",
    ),
    # A count of 0 ends the session, unless the other end speaks soon enough.
    (IDLE, side("client", "10.6", 30, 0), NetworkPath("p", 350), "dropped", "server"),
    (side("server", "10.6", 20), side("client", "10.6", 30, 0), NetworkPath("p", 350), "survives", "server"),
    (side("server", "8.1", 20, 0), IDLE._replace(role="client"), NetworkPath("p", 350), "dropped", "server"),
]


@pytest.mark.parametrize(("server", "client", "path", "verdict", "by"), VERDICTS, ids=str)
def test_what_becomes_of_an_idle_session(
    server: Endpoint, client: Endpoint, path: NetworkPath, verdict: str, by: str | None
) -> None:
    found = path_outcome(server, client, path)
    assert (found.verdict, found.sender.role if found.sender else None) == (verdict, by)


def test_a_jump_host_s_connection_carries_the_session() -> None:
    path, jump = NetworkPath("p", 350, counts_kernel=True), side("client", "10.6", 60)
    assert path_outcome(*through_jump_host(IDLE, SILENT, jump), path).verdict == "survives"
    assert path_outcome(*through_jump_host(IDLE, SILENT, SILENT), path).verdict == "dropped"


EXITS: list[tuple[Endpoint, Endpoint, NetworkPath, Span, Span]] = [
    # server, client, path, when sshd and ssh exit
    (IDLE, side("client", "10.6", 400), NetworkPath("p", 350), (7875, 7875), (1323.6, 1482.64)),
    (IDLE, side("client", "10.6", 400), NetworkPath("p", 350, "rst"), (7200, 7200), (399, 400)),
    (side("server", "9.2", 300), SILENT, NetworkPath("p", 350, "rst"), (600, 600), None),
    (side("server", "9.2", 300), SILENT, NetworkPath("p", 350, "rst-inside"), (1224.6, 1682.64), None),
    (IDLE, side("client", "10.6", 400), NetworkPath("p", 350, "rst-inside"), (7875, 7875), (399, 400)),
    (IDLE, SILENT, NetworkPath("p", 350, "close"), (350, 350), (350, 350)),
    (IDLE, SILENT, NetworkPath("p", 7440, counts_kernel=False), (15075, 15075), None),
    (IDLE, side("client", "10.6", 60), NetworkPath("p", 350), None, None),
]


@pytest.mark.parametrize(("server", "client", "path", "serving", "asking"), EXITS, ids=str)
def test_when_each_end_exits(
    server: Endpoint, client: Endpoint, path: NetworkPath, serving: Span, asking: Span
) -> None:
    expected = forecast(server, client, [path])
    drawn = build_timeline(expected, expected.outcomes[0])
    for role, span in (("server", serving), ("client", asking)):
        gone = drawn.exit_of(role)  # type: ignore[arg-type]
        assert (gone and gone.at) == (pytest.approx(span) if span else None)


releases = st.builds(Release, st.integers(8, 10), st.integers(0, 9)).filter(lambda r: OLDEST <= r <= NEWEST)
kernels = st.builds(
    Kernel, st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 127), st.integers(0, 20)
)


def sides(role: Role) -> st.SearchStrategy[Endpoint]:
    counts = st.integers(0, 2**31 - 1)
    intervals = st.integers(0, 2**31 - 1)
    return st.builds(
        Endpoint,
        st.just(role),
        releases,
        intervals,
        counts,
        st.booleans(),
        kernels,
        jump=st.none(),
        closes_idle_shell=st.just(0) | st.integers(1, 10**6),
    )


@given(sides("server"), sides("client"), st.none() | sides("client"))
def test_any_two_ends_have_a_forecast_in_order(
    server: Endpoint, client: Endpoint, jump: Endpoint | None
) -> None:
    if jump:
        server, client = through_jump_host(server, client, jump)
    expected = forecast(server, client, KNOWN_PATHS)
    for end in (expected.server, expected.client):
        noticed, outage = notices_dead_peer(end), tolerates(end)
        for span in (first_probe(end), noticed, expected.ends_idle(end.role)):
            assert span is None or 0 <= span.low <= span.high
        if outage is not None:
            assert noticed and outage <= noticed.high
    for each in expected.outcomes:
        if each.verdict == "survives":
            assert each.sender and each.sender.seconds <= each.path.timeout / 2


@given(sides("server"), sides("client"), st.integers(2, 10**6))
def test_a_shorter_interval_is_never_worse(server: Endpoint, client: Endpoint, timeout: int) -> None:
    order = ("dropped", "race", "at risk", "survives")
    path = NetworkPath("p", timeout, counts_kernel=True)
    if not client.sends_probes:
        return
    shorter = client._replace(interval=max(client.interval // 2, 1))
    before, after = path_outcome(server, client, path), path_outcome(server, shorter, path)
    assert order.index(after.verdict) >= order.index(before.verdict)
