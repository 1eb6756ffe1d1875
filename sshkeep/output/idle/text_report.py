"""The forecast of an idle session for people: the verdict first, then what helps, then the details."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.idle.advice import Advice, advice
from sshkeep.idle.caveats import assumption, caveats
from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.endpoint_config import EffectiveSetting, EndpointConfig
from sshkeep.idle.explanation import reason_text, verdict_text
from sshkeep.idle.model.endpoint import PEER, PROGRAM, ROLES, Role, TimeRange
from sshkeep.idle.model.peer_detection import first_probe, notices_dead_peer, notices_unresponsive_peer
from sshkeep.idle.model.timers import probe_spacing
from sshkeep.idle.model.verdict import PathOutcome, Verdict
from sshkeep.idle.session import Session
from sshkeep.idle.timeline.timeline import build_timeline
from sshkeep.lint.finding import Finding
from sshkeep.output.findings import head_line
from sshkeep.output.idle.timeline_text import timeline_lines
from sshkeep.output.terminal import Terminal, cells, safe
from sshkeep.output.wrapping import wrapped

VERDICT_STYLE: dict[Verdict, str] = {
    "survives": "green",
    "at risk": "warning",
    "race": "error",
    "dropped": "error",
}
WORST_FIRST: tuple[Verdict, ...] = ("dropped", "race", "at risk", "survives")
INDENT = " " * 8
VERDICT_WIDTH = 12


def idle_lines(session: Session, found: Sequence[Finding], terminal: Terminal) -> Iterator[str]:
    """Verdict, reason, picture, advice, both ends, findings about both, caveats."""
    yield from (_one_path(session, terminal) if session.path_given else _common_paths(session, terminal))
    yield from _advised(session, terminal)
    yield ""
    for role in ROLES:
        yield from _end(role, session, terminal)
    for finding in found:
        yield head_line(finding, terminal)
    yield from _remarks(session, terminal)


def _one_path(session: Session, terminal: Terminal) -> Iterator[str]:
    (outcome,) = session.forecast.outcomes
    for line in _wrapped(f"idle session: {verdict_text(outcome)}", terminal, "", "  "):
        yield terminal.paint(line, VERDICT_STYLE[outcome.verdict])
    yield from _wrapped(reason_text(session, outcome), terminal, "  ")
    yield ""
    timeline = build_timeline(session.forecast, outcome)
    yield from timeline_lines(timeline, terminal.width, terminal.ascii, terminal.paint)


def _common_paths(session: Session, terminal: Terminal) -> Iterator[str]:
    outcomes = session.forecast.outcomes
    survived = sum(each.verdict == "survives" for each in outcomes)
    style = "green" if survived == len(outcomes) else "error" if session.lost else "warning"
    for line in _wrapped(
        f"idle session: survives {survived} of {len(outcomes)} common paths", terminal, "", "  "
    ):
        yield terminal.paint(line, style)
    width = max(cells(each.path.display_name) for each in outcomes) + 2
    texts = [f"forgets after {format_duration(each.path.timeout)}" for each in outcomes]
    beside = VERDICT_WIDTH + width + max(map(cells, texts)) <= terminal.width
    for each, text in zip(outcomes, texts, strict=True):
        verdict, name = f"  {each.verdict:<{VERDICT_WIDTH - 2}}", each.path.display_name
        lines = [f"{verdict}{name}{' ' * (width - cells(name))}{text}"]
        if not beside:
            lines = _wrapped(f"{name}: {text}", terminal, verdict, " " * VERDICT_WIDTH)
        yield terminal.paint(verdict, VERDICT_STYLE[each.verdict]) + lines[0][VERDICT_WIDTH:]
        yield from lines[1:]
    yield from _wrapped(reason_text(session, min(outcomes, key=_rank)), terminal, "  ")


def _rank(outcome: PathOutcome) -> int:
    return WORST_FIRST.index(outcome.verdict)


def _end(role: Role, session: Session, terminal: Terminal) -> Iterator[str]:
    end = session.end(role)
    file = f"{end.file} ({end.program})" if end.file else assumption(end)
    first, *more = _wrapped(f"{role}  {file}", terminal, "", INDENT)
    yield first.replace(role, f"{terminal.paint(role, 'bold')} ", 1)
    yield from more
    yield from _wrapped("; ".join(map(_setting, end.settings.values())), terminal, INDENT)
    yield from _wrapped(f"{_probing(role, session)}; {_noticing(role, session)}", terminal, INDENT)


def _setting(setting: EffectiveSetting) -> str:
    where = f" ({setting.where})" if setting.where else ""
    return f"{setting.keyword} {setting.value}{where}"


def _probing(role: Role, session: Session) -> str:
    endpoint = session.forecast.endpoint(role)
    text = "no probes"
    if first := first_probe(endpoint):
        text = f"first probe after {_range(first)}, then every {format_duration(probe_spacing(endpoint))}"
    ends = session.forecast.ends_idle(role)
    return f"{text}; it disconnects after {_range(ends)} of silence" if ends else text


def _noticing(role: Role, session: Session) -> str:
    endpoint, peer = session.forecast.endpoint(role), PEER[role]
    if endpoint.jump is None:
        return _notices(f"a dead {peer}", notices_dead_peer(endpoint))
    # A probe of the client's own must be answered by the server; TCP ends at the jump host.
    through = _notices("a dead path to the jump host", notices_dead_peer(endpoint))
    return f"{through}; {_notices(f'a dead {peer} behind it', notices_unresponsive_peer(endpoint))}"


def _notices(what: str, after: TimeRange | None) -> str:
    return f"never notices {what}" if after is None else f"notices {what} after {_range(after)}"


def _range(span: TimeRange) -> str:
    return format_duration_range(*span)


def _remarks(session: Session, terminal: Terminal) -> Iterator[str]:
    also = (
        f"also: {each.keyword} ends {each.ends} after {_range(each.after)}"
        for each in session.other_timeouts
        if each.configured
    )
    for line in (*also, *(f"note: {text}" for text in caveats(session))):
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
    return end.program if end.manual_setting else PROGRAM[end.endpoint.role]


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
