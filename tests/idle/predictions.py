"""What sshkeep predicts of an observed run, beside what was seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from sshkeep.idle import other_timeouts
from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.idle.model import peer_detection, timers, verdict
from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange, through_jump_host
from sshkeep.idle.model.forecast import forecast
from sshkeep.idle.timeline.timeline import Timeline, build_timeline
from tests.idle.observations import Case

TOLERANCE = 0.35
"""Seconds; the machine was loaded."""

ROLES: tuple[Role, ...] = ("server", "client")
Answer = bool | TimeRange | None


class Prediction(NamedTuple):
    """``expected`` and ``seen`` in the same unit: seconds, or whether something is so.

    ``until``: what was not seen by then had not happened yet; seconds, for times only.
    """

    about: str
    expected: Answer
    seen: bool | float | None
    until: float = 0

    @property
    def spoken(self) -> bool:
        """Whether the model says anything that the observation can tell."""
        if not isinstance(self.expected, TimeRange):
            return self.until == 0 or self.expected is None
        straddles = self.expected.low - TOLERANCE <= self.until <= self.expected.high + TOLERANCE
        return not self.until or not straddles

    @property
    def right(self) -> bool:
        """Whether it came as predicted."""
        if not isinstance(self.expected, TimeRange):
            return self.expected == self.seen
        if self.seen is None:
            return bool(self.until) and self.expected.low > self.until
        return self.expected.low - TOLERANCE <= self.seen <= self.expected.high + TOLERANCE


def predictions(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """All that the model says of one run; nothing where it does not speak."""
    kind = KINDS.get(case.done)
    if kind:
        yield from kind(case, run)


def _after_idleness(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The session lies idle, then one end speaks."""
    endpoints = case.server.endpoint, case.client.endpoint
    if case.jump:
        endpoints = through_jump_host(*endpoints, case.jump.endpoint)
    outcome = verdict.path_outcome(*endpoints, case.path)
    if outcome.verdict != "race":
        yield Prediction("answered", outcome.verdict != "dropped", run["answered"])
    if case.jump is None and "control_master_config" not in case.raw:
        yield from _probes(case, run)
    if outcome.verdict == "dropped":
        yield from _leaving(build_timeline(forecast(*endpoints, [case.path]), outcome), case, run)


def _leaving(drawn: Timeline, case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    until = case.idle + case.observed_for
    if case.path.on_expiry == "rst":
        speaker: Role = "server" if case.done == "server" else "client"
        yield Prediction(
            f"{speaker} exits", TimeRange(case.idle, case.idle), run.get(f"{speaker}_exit_at"), until
        )
    for end in (case.server, case.client):
        role = end.endpoint.role
        # What this end says by itself keeps sshd from 9.2 on from counting, and is sent again by the kernel.
        if role != case.done or (
            case.path.on_expiry == "silent" and not timers.release_timing(end.endpoint).starved_by_traffic
        ):
            gone = drawn.exit_of(role)
            yield _exit(end, gone.at if gone else None, run, until)


def _exit(end: EndpointConfig, when: TimeRange | None, run: Mapping[str, Any], until: float) -> Prediction:
    role = end.endpoint.role
    # What an end sends counts, too: 0 is the login's last packet, whoever sent it.
    expected = when.shifted(max(run[f"{role}_last_received_at"], 0)) if when else None
    return Prediction(f"{role} exits", expected, run.get(f"{role}_exit_at"), until)


def _cut(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The link is cut for good, early on; one end may have traffic of its own."""
    until = run["link_cut_at"] + case.observed_for
    speaking = {"session_prints_every": "server", "user_types_every": "client"}
    speaks = next((role for name, role in speaking.items() if name in case.raw), "")
    for end in (case.server, case.client):
        if end.endpoint.role != speaks:
            yield _exit(end, peer_detection.notices_dead_peer(end.endpoint), run, until)
        elif peer_detection.starves(end.endpoint):
            yield Prediction(f"{speaks} starves", None, run.get(f"{speaks}_exit_at"))
        else:
            yield _exit(end, peer_detection.notices_unresponsive_peer(end.endpoint), run, until)


def _stopped(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """A program is stopped, while its kernel goes on."""
    end = case.server if case.done == "freeze-c" else case.client
    yield _exit(
        end,
        peer_detection.notices_unresponsive_peer(end.endpoint),
        run,
        run["link_cut_at"] + case.observed_for,
    )


def _outage(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The link is cut, and is back some seconds later."""
    back = run["link_cut_at"] + case.raw["link_back_after"]
    ends = [
        (end.endpoint, back - max(run[f"{end.endpoint.role}_last_received_at"], 0))
        for end in (case.server, case.client)
    ]
    sure = all(_sure(side, away) for side, away in ends)
    for side, away in ends:
        gone = peer_detection.notices_dead_peer(side)
        if sure:
            yield Prediction(f"{side.role} survives", None, run.get(f"{side.role}_exit_at"))
        elif gone and away > gone.high:
            yield Prediction(f"{side.role} gone", True, f"{side.role}_exit_at" in run)


def _sure(side: Endpoint, away: float) -> bool:
    sure = peer_detection.tolerates(side)
    return sure is None or away < sure


def _login(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The server is silent for 6 s during the login, several times."""
    silence = peer_detection.login_timeout(case.client.endpoint)
    yield Prediction("logged in", silence is None or silence > 6, run["logged_in"])


def _quiet(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """Nothing is done; the path forgets nothing in that time."""
    yield from _probes(case, run)
    until = case.idle + case.observed_for
    ending = {
        clock.role: clock.after
        for end in (case.server, case.client)
        for clock in other_timeouts.other_timeouts(end)
        if clock.keyword == "ChannelTimeout"
    }
    for end, peer in ((case.server, case.client), (case.client, case.server)):
        every = timers.probe_spacing(peer.endpoint) if peer.endpoint.sends_probes else None
        when = (
            ending.get("server")
            or peer_detection.ends_idle(end.endpoint, every)
            or peer_detection.ends_idle(peer.endpoint, None)
        )
        yield Prediction(f"{end.endpoint.role} exits", when, run.get(f"{end.endpoint.role}_exit_at"), until)


def _probes(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The first probe, and the spacing of the others, where only one end sends any."""
    probing = [end.endpoint for end in (case.server, case.client) if end.endpoint.sends_probes]
    if len(probing) != 1:
        return
    (side,) = probing
    first, sent = peer_detection.first_probe(side), run[f"{side.role}_packets_at"]
    if first and first.high + TOLERANCE < case.idle:
        end = min([case.idle, *(run[f"{role}_exit_at"] - 0.1 for role in ROLES if f"{role}_exit_at" in run)])
        sent = [at for at in sent if at < end]
        yield Prediction(f"{side.role} probes first", first, sent[0] if sent else None)
        every = timers.probe_spacing(side)
        lost = case.path.timeout < every
        for before, after in pairwise(sent) if not lost else ():
            yield Prediction(f"{side.role} probes again", TimeRange(every, every), after - before)


KINDS = {
    "server": _after_idleness,
    "client": _after_idleness,
    "cut": _cut,
    "freeze-c": _stopped,
    "freeze-s": _stopped,
    "flap": _outage,
    "auth": _login,
    "none": _quiet,
}
"""What was done after idleness; the model does not speak of other kinds: see test_observations.py."""
