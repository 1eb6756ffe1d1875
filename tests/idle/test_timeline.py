"""What happens when, on one path: sides and path -> events and sentences."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.idle.model.endpoint import Endpoint, through_jump_host
from sshkeep.idle.model.forecast import forecast
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.timeline.axis import time_axis
from sshkeep.idle.timeline.text import timeline_sentences
from sshkeep.idle.timeline.timeline import Timeline, build_timeline
from sshkeep.openssh.releases import Release
from tests.idle.endpoints import ASA, AWS, AZURE, ELB, HOME, client, endpoints, paths, server


def told(server: Endpoint, client: Endpoint, path: NetworkPath) -> Timeline:
    found = forecast(server, client, [path])
    return build_timeline(found, found.outcomes[0])


class Case(NamedTuple):
    """``packets``: sender (in capitals: an SSH probe), latest second, fate. ``exits``: role, seconds, reason."""

    name: str
    server: Endpoint
    client: Endpoint
    path: NetworkPath
    packets: Sequence[tuple[str, float, str]]
    expiries: Sequence[float] = ()
    exits: Sequence[tuple[str, float, float, str]] = ()


TEN, NINE = Release(10, 0), Release(9, 2)
MUTE = client(tcp_keepalive=False)
SOON = Kernel(keepalive_time=60)

CASES = [
    Case(
        "the client keeps the session",
        server(),
        client(60),
        AWS,
        [("CLIENT", 60, "kept"), ("CLIENT", 120, "kept"), ("CLIENT", 180, "kept")],
    ),
    Case(
        "sshd 9.2 doubles the interval, and the session lives",
        server(60),
        client(),
        AWS,
        [("SERVER", 120, "kept"), ("SERVER", 240, "kept"), ("SERVER", 360, "kept")],
    ),
    Case(
        "a silent path, nothing configured: the kernels notice",
        server(),
        client(),
        ASA,
        [(role, at, "lost") for role in ("client", "server") for at in (7200, 7275, 7350)],
        [3600],
        [("client", 7875, 7875, "unanswered"), ("server", 7875, 7875, "unanswered")],
    ),
    Case(
        "a silent path, the server's probes are too late, and nothing tells the client",
        server(300, release=TEN),
        MUTE,
        AZURE,
        [("SERVER", 300, "lost"), ("SERVER", 600, "lost"), ("SERVER", 900, "lost")],
        [240],
        [("server", 1200, 1200, "unanswered")],
    ),
    Case(
        "nobody ever speaks",
        server(tcp_keepalive=False),
        MUTE,
        AZURE,
        [],
        [240],
    ),
    Case(
        "a reset ends whoever speaks, at once",
        server(300),
        MUTE,
        AWS,
        [("SERVER", 600, "reset")],
        [350],
        [("server", 600, 600, "reset")],
    ),
    Case(
        "a reset may come at both times of sshd 9.2 if both are too late",
        server(300),
        MUTE,
        AZURE._replace(on_expiry="rst"),
        [("SERVER", 600, "reset")],
        [240],
        [("server", 300, 600, "reset")],
    ),
    Case(
        "a proxy closes both connections, whatever the kernel says",
        server(kernel=Kernel(keepalive_time=25)),
        client(),
        ELB,
        [("server", 25, "ignored"), ("server", 50, "ignored")],
        [60],
        [("client", 60, 60, "closed"), ("server", 60, 60, "closed")],
    ),
    Case(
        "keepalives that do not count still put off the kernel's own end",
        server(kernel=SOON),
        MUTE,
        AZURE._replace(counts_kernel=False),
        [("server", at, "ignored") for at in (60, 120, 180)]
        + [("server", at, "lost") for at in (240, 315, 390)],
        [240],
        [("server", 180 + 60 + 9 * 75, 180 + 60 + 9 * 75, "unanswered")],
    ),
    Case(
        "the client's late probe is let through by a home router",
        server(),
        client(900),
        HOME,
        [("CLIENT", 900, "restores"), ("CLIENT", 1800, "restores")],
        [600, 1500],
    ),
    Case(
        "an empty packet that does not count is not",
        server(tcp_keepalive=False),
        client(),
        HOME._replace(counts_kernel=False),
        [("client", at, "lost") for at in (7200.0, 7275, 7350)],
        [600],
        [("client", 7875, 7875, "unanswered")],
    ),
    Case(
        "the server's late probe is not",
        server(900, release=TEN),
        MUTE,
        HOME,
        [("SERVER", 900, "lost"), ("SERVER", 1800, "lost")],
        [600],
        [("server", 900 + 924.6, 900 + 1082.64, "unanswered")],
    ),
    Case(
        "the server has given up before the client speaks",
        server(900, release=TEN),
        client(),
        HOME,
        [("SERVER", 900, "lost"), ("SERVER", 1800, "lost"), ("client", 7200, "reset")],
        [600],
        [("client", 7200, 7200, "reset"), ("server", 900 + 924.6, 900 + 1082.64, "unanswered")],
    ),
    Case(
        "a count of 0 makes ssh leave, and the server hears of it",
        server(),
        client(120, 0),
        AZURE,
        [],
        [],
        [("client", 119, 120, "idle"), ("server", 119, 120, "notified")],
    ),
    Case(
        "a count of 0 after the path has forgotten: the server does not",
        server(),
        client(1200, 0),
        AZURE,
        [("server", at, "lost") for at in (7200, 7275, 7350)],
        [240],
        [("client", 1199, 1200, "idle"), ("server", 7875, 7875, "unanswered")],
    ),
    Case(
        "a race",
        server(tcp_keepalive=False),
        client(240),
        AZURE,
        [("CLIENT", 240, "uncertain"), ("CLIENT", 480, "lost"), ("CLIENT", 720, "lost")],
        [240],
        [("client", 959, 960, "unanswered")],
    ),
    Case(
        "PuTTY asks for no answer, so only its kernel gives up",
        server(tcp_keepalive=False),
        Endpoint("client", None, 300, None, False),
        AZURE,
        [("CLIENT", 301, "lost"), ("CLIENT", 601, "lost"), ("CLIENT", 901, "lost")],
        [240],
        [("client", 300 + 924.6, 301 + 1082.64, "unanswered")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_happens(case: Case) -> None:
    found = told(case.server, case.client, case.path)
    packets = [(p.role.upper() if p.payload else p.role, p.at.high, p.fate) for p in found.packets]
    assert sorted(packets) == sorted(case.packets)
    assert list(found.expiries) == list(case.expiries)
    exits = [(gone.role, round(gone.at.low, 3), round(gone.at.high, 3), gone.reason) for gone in found.exits]
    assert exits == list(case.exits)


WAITS = [
    (server(300), AZURE, "ssh freezes as soon as you type"),
    (server(300), AWS, "the next key that you type ends ssh"),
    (server(900), HOME, "the next key that you type ends ssh"),
    (server(tcp_keepalive=False), HOME, "both ends wait: the next key that you type brings the session back"),
    (server(tcp_keepalive=False), AZURE, "both ends wait: ssh freezes as soon as you type"),
]


@pytest.mark.parametrize(("server", "path", "sentence"), WAITS)
def test_what_a_user_sees_of_an_end_that_waits_for_ever(
    server: Endpoint, path: NetworkPath, sentence: str
) -> None:
    last = timeline_sentences(told(server, MUTE, path))[-1]
    assert (last.time, last.text) == ("forever", sentence)


@given(endpoints("server"), endpoints("client"), st.none() | endpoints("client"), paths)
def test_a_story_makes_sense(
    server: Endpoint, client: Endpoint, jump: Endpoint | None, path: NetworkPath
) -> None:
    if jump:
        server, client = through_jump_host(server, client, jump)
    found = told(server, client, path)
    kept = found.outcome.verdict == "survives" or not found.expiries
    assert kept or found.expiries[0] == path.timeout
    for packet in found.packets:
        gone = found.exit_of(packet.role)
        assert packet.at.low <= packet.at.high
        assert gone is None or packet.at.high <= gone.at.high
        assert packet.fate != "lost" or packet.at.high >= path.timeout - 1
    if found.outcome.verdict == "survives":
        assert found.survives and {packet.fate for packet in found.packets} == {"kept"}
    if found.outcome.verdict == "dropped":
        assert not found.survives
    assert len(timeline_sentences(found)) <= 9


@given(endpoints("server"), endpoints("client"), paths)
def test_every_moment_has_a_place_of_its_own(server: Endpoint, client: Endpoint, path: NetworkPath) -> None:
    placed = time_axis(told(server, client, path))
    assert placed.times[0] == 0 and placed.positions[0] == 0
    gaps = [after - before for before, after in zip(placed.positions, placed.positions[1:], strict=False)]
    assert all(gap > 0.02 for gap in gaps)
    assert not gaps or abs(placed.positions[-1] - 1) < 1e-9
