"""`sshkeep idle --format json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.idle.advice import Advice, advice
from sshkeep.idle.caveats import assumption, caveats
from sshkeep.idle.endpoint_config import EffectiveSetting
from sshkeep.idle.model.endpoint import Role, TimeRange
from sshkeep.idle.model.peer_detection import first_probe, notices_dead_peer, starves, tolerates
from sshkeep.idle.model.timers import probe_spacing
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.idle.other_timeouts import OtherTimeout
from sshkeep.idle.session import Session
from sshkeep.idle.timeline.timeline import build_timeline
from sshkeep.lint.finding import Finding
from sshkeep.named import NamedTuple
from sshkeep.output.json_reports import models
from sshkeep.output.json_reports.findings import finding_model
from sshkeep.syntax.source import clean

TimeSpan = tuple[float, float]


class IdleSetting(NamedTuple):
    """One setting of an end. `file` and `line` are null if the default holds."""

    keyword: str
    value: str
    file: str | None
    line: int | None
    block: Annotated[str, "the Host or Match line it stands under; empty outside any block"]


class IdleEnd(NamedTuple):
    """One end. Seconds count from the last packet; null means never."""

    file: Annotated[str | None, "null if no config was given, and the defaults are assumed"]
    target: Annotated[str, "what reads the config"]
    interval: Annotated[int, "seconds; 0 is off"]
    count_max: Annotated[int | None, "null for a program that counts nothing"]
    tcp_keepalive: bool
    first_probe: TimeSpan | None
    probe_every: float | None
    ends_idle: Annotated[TimeSpan | None, "when it disconnects an idle session on a healthy link"]
    notices_dead_peer: Annotated[
        TimeSpan | None,
        "when it exits if nothing gets through; with a jump host, the path is the one to there",
    ]
    tolerates: Annotated[float | None, "a shorter outage never ends the session"]
    starves: Annotated[bool, "output of the session keeps it from probing"]
    settings: list[IdleSetting]


class IdlePath(NamedTuple):
    """What becomes of the session on one path."""

    name: str
    timeout: float
    verdict: Literal["survives", "at risk", "race", "dropped"]
    kept_by: Annotated[Literal["server", "client"] | None, "who sends packets most often, or would"]
    speaks_every: Annotated[float | None, "how often that is, in seconds"]
    server_exits: Annotated[TimeSpan | None, "when sshd ends it; null: it stays"]
    client_exits: Annotated[TimeSpan | None, "when ssh ends it; null: it stays"]


class IdleClock(NamedTuple):
    """Another timeout of one end."""

    role: Literal["server", "client"]
    keyword: str
    after: TimeSpan
    ends: str


class IdleAdvice(NamedTuple):
    """What to change on one end; one end is enough."""

    role: Literal["server", "client"]
    steps: Annotated[list[str], "commands for a shell; for other programs than ssh, what to set"]
    probe_every: int
    packets_per_hour: int
    drops_sleeper_after: TimeSpan | None


class IdleReport(NamedTuple):
    """What `sshkeep idle --format json` prints. Times are seconds."""

    server: IdleEnd
    client: IdleEnd
    paths: list[IdlePath]
    clocks: list[IdleClock]
    findings: Annotated[list[models.Finding], "problems that only show in both files together"]
    advice: list[IdleAdvice]
    notes: list[str]
    exit_code: int


class IdleOfHost(NamedTuple):
    """The forecast for one of several hosts."""

    host: Annotated[str, "as it was given to --host"]
    report: IdleReport


class IdleHostsReport(NamedTuple):
    """What `sshkeep idle --format json` prints for several --host."""

    hosts: Annotated[list[IdleOfHost], "in the order in which they were given"]
    exit_code: int


def idle_report(session: Session, found: Sequence[Finding], exit_code: int) -> IdleReport:
    """The report. Why a fix can't be carried out is among the notes."""
    failures: list[str] = []
    findings = [finding_model(each, _config(each, session), failures.append) for each in found]
    return IdleReport(
        server=_end("server", session),
        client=_end("client", session),
        paths=[_path(each, session) for each in session.forecast.outcomes],
        clocks=[_clock(each) for each in session.other_timeouts],
        findings=findings,
        advice=[_advice(each) for each in advice(session)],
        notes=[clean(note) for note in [*_assumptions(session), *caveats(session), *failures]],
        exit_code=exit_code,
    )


def _assumptions(session: Session) -> list[str]:
    ends = (session.server, session.client)
    return [f"{end.endpoint.role} {assumption(end)}" for end in ends if not end.file]


def _config(finding: Finding, session: Session) -> Config:
    configs = [end.config for end in (session.server, session.client) if end.config]
    return next(config for config in configs if finding.source.path in config.files)


def _end(role: Role, session: Session) -> IdleEnd:
    end, acting = session.end(role), session.forecast.endpoint(role)
    configured = end.endpoint
    return IdleEnd(
        file=clean(end.file) or None,
        target=end.program,
        interval=configured.interval,
        count_max=configured.count_max,
        tcp_keepalive=configured.tcp_keepalive,
        first_probe=span_model(first_probe(acting)),
        probe_every=float(probe_spacing(acting)) if acting.sends_probes else None,
        ends_idle=span_model(session.forecast.ends_idle(role)),
        notices_dead_peer=span_model(notices_dead_peer(acting)),
        tolerates=_float(tolerates(acting)),
        starves=starves(acting),
        settings=[setting_model(each) for each in end.settings.values()],
    )


def setting_model(setting: EffectiveSetting) -> IdleSetting:
    """One setting of an end."""
    directive = setting.entry.directive if setting.entry else None
    return IdleSetting(
        keyword=setting.keyword,
        value=setting.value,
        file=clean(directive.file.source.path) if directive else None,
        line=directive.number + 1 if directive else None,
        block=clean(block_name(setting.entry.block)) if setting.entry else "",
    )


def _path(outcome: PathOutcome, session: Session) -> IdlePath:
    sender, timeline = outcome.sender, build_timeline(session.forecast, outcome)
    server, client = timeline.exit_of("server"), timeline.exit_of("client")
    return IdlePath(
        name=outcome.path.name,
        timeout=float(outcome.path.timeout),
        verdict=outcome.verdict,
        kept_by=sender.role if sender else None,
        speaks_every=float(sender.seconds) if sender else None,
        server_exits=span_model(server.at) if server else None,
        client_exits=span_model(client.at) if client else None,
    )


def _clock(timeout: OtherTimeout) -> IdleClock:
    after = (float(timeout.after.low), float(timeout.after.high))
    return IdleClock(role=timeout.role, keyword=timeout.keyword, after=after, ends=timeout.ends)


def _advice(each: Advice) -> IdleAdvice:
    return IdleAdvice(
        role=each.role,
        steps=[clean(step) for step in each.steps],
        probe_every=each.spacing,
        packets_per_hour=each.packets_per_hour,
        drops_sleeper_after=span_model(each.drops_after),
    )


def span_model(span: TimeRange | None) -> TimeSpan | None:
    """From and to, in seconds."""
    return (float(span.low), float(span.high)) if span else None


def _float(seconds: float | None) -> float | None:
    return None if seconds is None else float(seconds)
