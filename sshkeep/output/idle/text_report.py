"""What becomes of an idle session, for people: the verdict first, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.idle.advice import Advice, advice
from sshkeep.idle.caveats import assumption, caveats
from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.endpoint_config import EffectiveSetting, EndpointConfig
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, INTERVAL_KEYWORD, Role, TimeRange
from sshkeep.idle.model.forecast import EndForecast
from sshkeep.idle.model.timers import release_timing
from sshkeep.idle.model.verdict import PathOutcome, Verdict
from sshkeep.idle.session import Session
from sshkeep.idle.timeline.timeline import build_timeline
from sshkeep.lint.finding import Finding
from sshkeep.output.idle.timeline_text import timeline_lines
from sshkeep.output.terminal import Terminal, safe
from sshkeep.output.text import head_line
from sshkeep.output.wrapping import wrapped

STYLE: dict[Verdict, str] = {"survives": "green", "at risk": "warning", "race": "error", "dropped": "error"}
PROGRAM: dict[Role, str] = {"server": "sshd", "client": "ssh"}
PEER: dict[Role, Role] = {"server": "client", "client": "server"}
INDENT = " " * 8


def idle_lines(session: Session, found: Sequence[Finding], terminal: Terminal) -> Iterator[str]:
    """Verdict, why, the picture, what to do, both ends, what they show together, what it rests on."""
    if session.named:
        yield from _one_path(session, terminal)
    else:
        yield from _side_by_side(session, terminal)
    yield from _advised(session, terminal)
    yield ""
    for expected in (session.forecast.server, session.forecast.client):
        yield from _end(session.end(expected.endpoint.role), expected, terminal)
    for finding in found:
        yield head_line(finding, terminal)
    yield from _beside(session, terminal)


def _one_path(session: Session, terminal: Terminal) -> Iterator[str]:
    (outcome,) = session.forecast.outcomes
    for line in _wrapped(verdict_sentence(session, outcome), terminal, "", "  "):
        yield terminal.paint(line, STYLE[outcome.verdict])
    yield from _wrapped(reason(session, outcome), terminal, "  ")
    yield ""
    drawn = build_timeline(session.forecast, outcome)
    yield from timeline_lines(drawn, terminal.width, terminal.ascii, terminal.paint)


SENTENCES: dict[Verdict, str] = {
    "survives": "survives {path}, which forgets after {after}",
    "at risk": "at risk on {path}, which forgets after {after}",
    "race": "a toss-up on {path}, which forgets it after {after}",
    "dropped": "dropped by {path} after {after}",
}


def verdict_sentence(session: Session, outcome: PathOutcome) -> str:
    """What becomes of the session on one path."""
    if outcome.ended_by:
        leaves = session.forecast.of(outcome.ended_by).ends_idle
        assert leaves
        return f"idle session: ended by {PROGRAM[outcome.ended_by]} itself after {_range(leaves)} of silence"
    path = outcome.path
    told = SENTENCES[outcome.verdict].format(
        path=path.shown or path.name, after=format_duration(path.timeout)
    )
    return f"idle session: {told}"


def reason(session: Session, outcome: PathOutcome) -> str:
    """Why: what is the first to speak on the idle session, and which line says so."""
    by, path = outcome.by, outcome.path
    if outcome.ended_by:
        end = session.end(outcome.ended_by)
        count = end.settings[COUNT_KEYWORD[outcome.ended_by]]
        return f"{_line(count)}: it leaves when the other end says nothing, and never asks"
    if by is None:
        return "nothing is ever sent on it: no end probes, and TCPKeepAlive is off or does not count there"
    end = session.through if by.carries and session.through else session.end(by.role)
    if not by.payload:
        after = format_duration(by.seconds)
        first = f"the first to speak is the {by.role}'s kernel, after {after} (TCPKeepAlive yes)"
        return f"{first}; no end probes by itself"
    doubled = f", doubled by OpenSSH {end.endpoint.release}" if release_timing(end.endpoint).doubled else ""
    line = f"{_line(end.settings[INTERVAL_KEYWORD[by.role]])}{doubled}"
    if outcome.verdict in ("dropped", "race"):
        return f"the first probe would come at {format_duration(by.seconds)} ({line})"
    if by.seconds >= path.timeout:
        at = format_duration(by.seconds)
        return f"the probe at {at} makes it anew ({line}); until then nothing gets through"
    late = "; one that is lost or late ends it" if outcome.verdict == "at risk" else ""
    return f"a probe comes every {format_duration(by.seconds)} ({line}){late}"


def _line(told: EffectiveSetting) -> str:
    where = f" at {told.where}" if told.where else ", the default"
    if told.by:
        where += f" with BatchMode yes at {told.by.directive.where}"
    return f"{told.keyword} {told.value}{where}"


def _side_by_side(session: Session, terminal: Terminal) -> Iterator[str]:
    outcomes = session.forecast.outcomes
    alive = sum(each.verdict == "survives" for each in outcomes)
    style = "green" if alive == len(outcomes) else "error" if session.lost else "warning"
    yield terminal.paint(f"idle session: survives {alive} of {len(outcomes)} common paths", style)
    width = max(len(each.path.shown) for each in outcomes) + 2
    for each in outcomes:
        verdict = terminal.paint(f"{each.verdict:<10}", STYLE[each.verdict])
        yield f"  {verdict}{each.path.shown:<{width}}forgets after {format_duration(each.path.timeout)}"
    yield from _wrapped(reason(session, min(outcomes, key=_worst)), terminal, "  ")


def _worst(outcome: PathOutcome) -> int:
    return ("dropped", "race", "at risk", "survives").index(outcome.verdict)


def _end(end: EndpointConfig, expected: EndForecast, terminal: Terminal) -> Iterator[str]:
    role = end.endpoint.role
    file = f"{end.file} ({end.program})" if end.file else assumption(end)
    yield f"{terminal.paint(role, 'bold')}  {safe(file)}"
    yield from _wrapped("; ".join(map(_setting, end.settings.values())), terminal, INDENT)
    yield from _wrapped(f"{_probing(expected)}; {_noticing(role, expected)}", terminal, INDENT)


def _setting(told: EffectiveSetting) -> str:
    where = f" ({told.where})" if told.where else ""
    return f"{told.keyword} {told.value}{where}"


def _probing(end: EndForecast) -> str:
    if end.ends_idle:
        return f"no probes: it leaves after {_range(end.ends_idle)} of silence"
    if end.first_probe is None or end.probe_every is None:
        return "no probes"
    return f"first probe after {_range(end.first_probe)}, then every {format_duration(end.probe_every)}"


def _noticing(role: Role, end: EndForecast) -> str:
    peer = PEER[role]
    if end.notices_dead_peer is None:
        return f"never notices a dead {peer}"
    return f"notices a dead {peer} after {_range(end.notices_dead_peer)}"


def _range(span: TimeRange) -> str:
    return format_duration_range(span.low, span.high)


def _beside(session: Session, terminal: Terminal) -> Iterator[str]:
    told = [
        f"{clock.keyword} ends {clock.ends} after {_range(clock.after)}"
        for clock in session.clocks
        if clock.set
    ]
    lines = [*(f"also: {text}" for text in told), *(f"note: {text}" for text in caveats(session))]
    for line in lines:
        yield from _wrapped(line, terminal, "", "      ")


def _advised(session: Session, terminal: Terminal) -> Iterator[str]:
    advised = list(advice(session))
    if not advised:
        return
    yield ""
    yield "what helps:" if len(advised) == 1 else "what helps, either of these:"
    for each in advised:
        yield from _advice(each, _program(session.end(each.role)), terminal)


def _program(end: EndpointConfig) -> str:
    return end.program if end.by_hand else PROGRAM[end.endpoint.role]


def _advice(each: Advice, program: str, terminal: Terminal) -> Iterator[str]:
    for step in each.steps:
        yield terminal.paint(f"  {safe(step)}", "bold")
    cost = f"a probe every {format_duration(each.spacing)}, {each.packets_per_hour} an hour"
    if each.drops_after:
        asleep = f"{program} drops a {PEER[each.role]} that sleeps longer than"
        cost += f"; {asleep} {_range(each.drops_after)}"
    yield from _wrapped(cost, terminal, "    ")


def _wrapped(text: str, terminal: Terminal, first: str, more: str | None = None) -> list[str]:
    return wrapped(safe(text), terminal.width, first, first if more is None else more)
