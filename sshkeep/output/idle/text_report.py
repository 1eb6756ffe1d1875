"""The forecast of an idle session for people: the verdict first, then what helps, then the details."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.idle.advice import Advice, advice
from sshkeep.idle.caveats import assumption, caveats
from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.endpoint_config import EffectiveSetting, EndpointConfig
from sshkeep.idle.explanation import reason_text, verdict_text
from sshkeep.idle.model.endpoint import END_NAMES, INTERVAL_KEYWORD, PEER, PROGRAM, ROLES, Role, TimeRange
from sshkeep.idle.model.peer_detection import first_probe, notices_dead_peer, notices_unresponsive_peer
from sshkeep.idle.model.timers import probe_spacing
from sshkeep.idle.model.verdict import PathOutcome, Verdict
from sshkeep.idle.session import Session
from sshkeep.idle.timeline.timeline import build_timeline
from sshkeep.lint.finding import Finding
from sshkeep.output.findings import head_line
from sshkeep.output.idle.timeline_text import timeline_lines
from sshkeep.output.terminal import Terminal, cells, padded
from sshkeep.output.wrapping import wrapped
from sshkeep.phrase import Phrase, in_turn

VERDICT_STYLE: dict[Verdict, str] = {
    "survives": "green",
    "at risk": "warning",
    "race": "error",
    "dropped": "error",
}
VERDICT_WORDS: dict[Verdict, Phrase] = {
    "survives": Phrase("survives"),
    "at risk": Phrase("at risk"),
    "race": Phrase("race"),
    "dropped": Phrase("dropped"),
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
    yield from _wrapped(_read_on(session, found), terminal, "", "  ")


def _read_on(session: Session, found: Sequence[Finding]) -> Phrase:
    if found:
        return Phrase("more: sshkeep rule {id}", id=found[0].rule)
    if not session.path_given:
        return Phrase("more: sshkeep idle --path NAME shows one path; --list-paths has the names")
    role: Role = "server" if session.server.file and not session.client.file else "client"
    return Phrase("more: sshkeep explain {keyword}", keyword=INTERVAL_KEYWORD[role])


def _one_path(session: Session, terminal: Terminal) -> Iterator[str]:
    (outcome,) = session.forecast.outcomes
    verdict = Phrase("idle session: {verdict}", verdict=verdict_text(outcome))
    for line in _wrapped(verdict, terminal, "", "  "):
        yield terminal.paint(line, VERDICT_STYLE[outcome.verdict])
    yield from _wrapped(reason_text(session, outcome), terminal, "  ")
    yield ""
    timeline = build_timeline(session.forecast, outcome)
    yield from timeline_lines(timeline, terminal.width, terminal.ascii, terminal.paint, terminal.say)


def _common_paths(session: Session, terminal: Terminal) -> Iterator[str]:
    outcomes = session.forecast.outcomes
    survived = sum(each.verdict == "survives" for each in outcomes)
    style = "green" if survived == len(outcomes) else "error" if session.lost else "warning"
    summary = Phrase(
        "idle session: survives {survived} of {all} common paths", survived=survived, all=len(outcomes)
    )
    for line in _wrapped(summary, terminal, "", "  "):
        yield terminal.paint(line, style)
    yield from _path_rows(outcomes, terminal)
    yield from _wrapped(reason_text(session, min(outcomes, key=_rank)), terminal, "  ")


def _path_rows(outcomes: Sequence[PathOutcome], terminal: Terminal) -> Iterator[str]:
    names = [terminal.show(each.path.display_name) for each in outcomes]
    width = max(map(cells, names)) + 2
    texts = [
        terminal.say(Phrase("forgets after {time}", time=format_duration(each.path.timeout)))
        for each in outcomes
    ]
    beside = VERDICT_WIDTH + width + max(map(cells, texts)) <= terminal.width
    for each, name, text in zip(outcomes, names, texts, strict=True):
        verdict = f"  {padded(terminal.say(VERDICT_WORDS[each.verdict]), VERDICT_WIDTH - 2)}"
        lines = [f"{verdict}{padded(name, width)}{text}"]
        if not beside:
            lines = wrapped(f"{name}: {text}", terminal.width, verdict, " " * VERDICT_WIDTH)
        yield terminal.paint(verdict, VERDICT_STYLE[each.verdict]) + lines[0][len(verdict) :]
        yield from lines[1:]


def _rank(outcome: PathOutcome) -> int:
    return WORST_FIRST.index(outcome.verdict)


def _end(role: Role, session: Session, terminal: Terminal) -> Iterator[str]:
    end = session.end(role)
    file = f"{end.file} ({end.program})" if end.file else assumption(end)
    label = terminal.say(END_NAMES[role])
    name = padded(label, max(len(INDENT), cells(label) + 2))
    first, *more = _wrapped(file, terminal, name, " " * cells(name))
    if cells(first) > terminal.width:
        first, more = label, _wrapped(file, terminal, INDENT)
    yield terminal.paint(label, "bold") + first[len(label) :]
    yield from more
    settings = "; ".join(terminal.say(_setting(each)) for each in end.settings.values())
    yield from _wrapped(settings, terminal, INDENT)
    yield from _wrapped(in_turn([_probing(role, session), *_noticing(role, session)]), terminal, INDENT)


def _setting(setting: EffectiveSetting) -> Phrase:
    if not setting.where:
        return setting.shown
    return Phrase("{setting} ({place})", setting=setting.shown, place=setting.where)


def _probing(role: Role, session: Session) -> str:
    endpoint = session.forecast.endpoint(role)
    text = Phrase("no probes")
    if first := first_probe(endpoint):
        every = format_duration(probe_spacing(endpoint))
        text = Phrase("first probe after {first}, then every {every}", first=_range(first), every=every)
    if ends := session.forecast.ends_idle(role):
        return in_turn([text, Phrase("it disconnects after {time} of silence", time=_range(ends))])
    return text


def _noticing(role: Role, session: Session) -> Iterator[Phrase]:
    endpoint, peer = session.forecast.endpoint(role), END_NAMES[PEER[role]]
    if endpoint.jump is None:
        yield _notices(Phrase("a dead {peer}", peer=peer), notices_dead_peer(endpoint))
        return
    # A probe of the client's own must be answered by the server; TCP ends at the jump host.
    yield _notices(Phrase("a dead path to the jump host"), notices_dead_peer(endpoint))
    yield _notices(Phrase("a dead {peer} behind it", peer=peer), notices_unresponsive_peer(endpoint))


def _notices(what: Phrase, after: TimeRange | None) -> Phrase:
    if after is None:
        return Phrase("never notices {what}", what=what)
    return Phrase("notices {what} after {time}", what=what, time=_range(after))


def _range(span: TimeRange) -> str:
    return format_duration_range(*span)


def _remarks(session: Session, terminal: Terminal) -> Iterator[str]:
    also = (
        Phrase(
            "also: {keyword} ends {what} after {time}",
            keyword=each.keyword,
            what=each.ends,
            time=_range(each.after),
        )
        for each in session.other_timeouts
        if each.configured
    )
    for line in (*also, *(Phrase("note: {note}", note=text) for text in caveats(session))):
        yield from _wrapped(line, terminal, "", "      ")


def _advised(session: Session, terminal: Terminal) -> Iterator[str]:
    advised = list(advice(session))
    if not advised:
        return
    yield ""
    one = len(advised) == 1
    yield terminal.say(Phrase("what helps:") if one else Phrase("what helps, either of these:"))
    for each in advised:
        yield from _advice(each, _program(session.end(each.role)), terminal)


def _program(end: EndpointConfig) -> str:
    return end.program if end.manual_setting else PROGRAM[end.endpoint.role]


def _advice(each: Advice, program: str, terminal: Terminal) -> Iterator[str]:
    for step in each.steps:
        yield terminal.paint(f"  {terminal.show(step)}", "bold")
    every, hourly = format_duration(each.spacing), each.packets_per_hour
    cost = [Phrase("a probe every {every}, {number} an hour", every=every, number=hourly)]
    if each.drops_after:
        asleep = Phrase("{program} drops a {peer} that sleeps longer than {time}")
        peer, time = END_NAMES[PEER[each.role]], _range(each.drops_after)
        cost.append(asleep.filled(program=program, peer=peer, time=time))
    yield from _wrapped(in_turn(cost), terminal, "    ")


def _wrapped(text: str, terminal: Terminal, first: str, more: str | None = None) -> list[str]:
    return wrapped(terminal.show(text), terminal.width, first, first if more is None else more)
