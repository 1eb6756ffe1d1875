"""What sshkeep predicts of an observed run, beside what was seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from sshkeep.idle import clocks, notice, timing, verdict
from sshkeep.idle.forecast import forecast
from sshkeep.idle.in_effect import Known
from sshkeep.idle.side import Range, Role, Side
from sshkeep.idle.timeline import Timeline, timeline
from tests.idle.observed import Case

TOLERANCE = 0.35
"""Seconds; the machine was loaded."""

ROLES: tuple[Role, ...] = ("server", "client")
Answer = bool | Range | None


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
        if not isinstance(self.expected, Range):
            return self.until == 0 or self.expected is None
        straddles = self.expected.low - TOLERANCE <= self.until <= self.expected.high + TOLERANCE
        return not self.until or not straddles

    @property
    def right(self) -> bool:
        """Whether it came as predicted."""
        if not isinstance(self.expected, Range):
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
    through = case.through.side if case.through else None
    outcome = verdict.outcome(case.server.side, case.client.side, case.path, through)
    if outcome.verdict != "race":
        yield Prediction("answered", outcome.verdict != "dropped", run["answered"])
    if case.through is None and "control_master_config" not in case.raw:
        yield from _probes(case, run)
    if outcome.verdict == "dropped":
        yield from _leaving(
            timeline(forecast(case.server.side, case.client.side, [case.path]), outcome), case, run
        )


def _leaving(drawn: Timeline, case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    until = case.idle + case.observed_for
    if case.path.on_expiry == "rst":
        speaker: Role = "server" if case.done == "server" else "client"
        yield Prediction(
            f"{speaker} exits", Range(case.idle, case.idle), run.get(f"{speaker}_exit_at"), until
        )
    for end in (case.server, case.client):
        role = end.side.role
        # What this end says by itself keeps sshd from 9.2 on from counting, and is sent again by the kernel.
        if role != case.done or (case.path.on_expiry == "silent" and not timing.timing_of(end.side).starves):
            gone = drawn.exit_of(role)
            yield _exit(end, gone.at if gone else None, run, until)


def _exit(end: Known, when: Range | None, run: Mapping[str, Any], until: float) -> Prediction:
    role = end.side.role
    # What an end sends counts, too: 0 is the login's last packet, whoever sent it.
    expected = when.later(max(run[f"{role}_last_received_at"], 0)) if when else None
    return Prediction(f"{role} exits", expected, run.get(f"{role}_exit_at"), until)


def _cut(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The link is cut for good, early on; one end may have traffic of its own."""
    until = run["link_cut_at"] + case.observed_for
    speaking = {"session_prints_every": "server", "user_types_every": "client"}
    speaks = next((role for name, role in speaking.items() if name in case.raw), "")
    for end in (case.server, case.client):
        if end.side.role != speaks:
            yield _exit(end, notice.notices_dead_peer(end.side), run, until)
        elif notice.starves(end.side):
            yield Prediction(f"{speaks} starves", None, run.get(f"{speaks}_exit_at"))
        else:
            yield _exit(end, notice.notices_stopped_peer(end.side), run, until)


def _stopped(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """A program is stopped, while its kernel goes on."""
    end = case.server if case.done == "freeze-c" else case.client
    yield _exit(end, notice.notices_stopped_peer(end.side), run, run["link_cut_at"] + case.observed_for)


def _outage(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The link is cut, and is back some seconds later."""
    back = run["link_cut_at"] + case.raw["link_back_after"]
    ends = [
        (end.side, back - max(run[f"{end.side.role}_last_received_at"], 0))
        for end in (case.server, case.client)
    ]
    sure = all(_sure(side, away) for side, away in ends)
    for side, away in ends:
        gone = notice.notices_dead_peer(side)
        if sure:
            yield Prediction(f"{side.role} survives", None, run.get(f"{side.role}_exit_at"))
        elif gone and away > gone.high:
            yield Prediction(f"{side.role} gone", True, f"{side.role}_exit_at" in run)


def _sure(side: Side, away: float) -> bool:
    sure = notice.tolerates(side)
    return sure is None or away < sure


def _login(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The server is silent for 6 s during the login, several times."""
    silence = clocks.login_silence(case.client.side)
    yield Prediction("logged in", silence is None or silence > 6, run["logged_in"])


def _quiet(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """Nothing is done; the path forgets nothing in that time."""
    yield from _probes(case, run)
    until = case.idle + case.observed_for
    ending = {
        clock.role: clock.after
        for end in (case.server, case.client)
        for clock in clocks.clocks(end)
        if clock.keyword == "ChannelTimeout"
    }
    for end, peer in ((case.server, case.client), (case.client, case.server)):
        every = timing.spacing(peer.side) if peer.side.probes else None
        when = ending.get("server") or notice.ends_idle(end.side, every) or notice.ends_idle(peer.side, None)
        yield Prediction(f"{end.side.role} exits", when, run.get(f"{end.side.role}_exit_at"), until)


def _probes(case: Case, run: Mapping[str, Any]) -> Iterator[Prediction]:
    """The first probe, and the spacing of the others, where only one end sends any."""
    probing = [end.side for end in (case.server, case.client) if end.side.probes]
    if len(probing) != 1:
        return
    (side,) = probing
    first, sent = notice.first_probe(side), run[f"{side.role}_packets_at"]
    if first and first.high + TOLERANCE < case.idle:
        end = min([case.idle, *(run[f"{role}_exit_at"] - 0.1 for role in ROLES if f"{role}_exit_at" in run)])
        sent = [at for at in sent if at < end]
        yield Prediction(f"{side.role} probes first", first, sent[0] if sent else None)
        every = timing.spacing(side)
        lost = case.path.timeout < every
        for before, after in pairwise(sent) if not lost else ():
            yield Prediction(f"{side.role} probes again", Range(every, every), after - before)


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
