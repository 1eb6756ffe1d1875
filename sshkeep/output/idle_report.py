"""`sshkeep idle --format json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field

from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.idle.advice import Advice, advice
from sshkeep.idle.clocks import Clock
from sshkeep.idle.forecast import End
from sshkeep.idle.in_effect import Known, Told
from sshkeep.idle.notes import assumed, notes
from sshkeep.idle.session import Session
from sshkeep.idle.side import Range
from sshkeep.idle.timeline import timeline
from sshkeep.idle.verdict import Outcome
from sshkeep.lint.finding import Finding
from sshkeep.output import report
from sshkeep.output.models import finding_model
from sshkeep.syntax.source import clean

Span = tuple[float, float]


class IdleSetting(BaseModel):
    """One setting of an end. `file` and `line` are null where the default holds."""

    keyword: str
    value: str
    file: str | None
    line: int | None
    block: str = Field(description="the Host or Match line it stands under; empty outside any block")


class IdleEnd(BaseModel):
    """One end. Seconds count from the last packet; null means never."""

    file: str | None = Field(description="null where no config was given, and defaults are taken")
    target: str = Field(description="what reads the config")
    interval: int = Field(description="seconds; 0 is off")
    count_max: int | None = Field(description="null for a program that counts nothing")
    tcp_keepalive: bool
    first_probe: Span | None
    probe_every: float | None
    ends_idle: Span | None = Field(description="when it leaves an idle session on a healthy link")
    notices_dead_peer: Span | None
    tolerates: float | None = Field(description="an outage shorter than that is survived for certain")
    starves: bool = Field(description="a session with output of its own keeps it from probing")
    settings: list[IdleSetting]


class IdlePath(BaseModel):
    """What becomes of the session on one path."""

    name: str
    timeout: float
    verdict: Literal["survives", "at risk", "race", "dropped"]
    kept_by: Literal["server", "client"] | None = Field(description="who speaks most often, or would")
    speaks_every: float | None = Field(description="how often that is, in seconds")
    server_exits: Span | None = Field(description="when sshd ends it; null: it stays")
    client_exits: Span | None = Field(description="when ssh ends it; null: it stays")


class IdleClock(BaseModel):
    """Another time that runs on one end."""

    role: Literal["server", "client"]
    keyword: str
    after: Span
    ends: str


class IdleAdvice(BaseModel):
    """What to do on one end; one end is enough."""

    role: Literal["server", "client"]
    steps: list[str] = Field(description="commands for a shell; for other programs than ssh, what to set")
    probe_every: int
    packets_per_hour: int
    drops_sleeper_after: Span | None


class IdleReport(BaseModel):
    """What `sshkeep idle --format json` prints. Times are seconds."""

    version: Literal[1] = 1
    server: IdleEnd
    client: IdleEnd
    paths: list[IdlePath]
    clocks: list[IdleClock]
    findings: list[report.Finding] = Field(description="what neither file shows alone")
    advice: list[IdleAdvice]
    notes: list[str]
    exit_code: int


def idle_report(session: Session, found: Sequence[Finding], exit_code: int) -> IdleReport:
    """The report."""
    return IdleReport(
        server=_end(session.server, session.forecast.server),
        client=_end(session.client, session.forecast.client),
        paths=[_path(each, session) for each in session.forecast.outcomes],
        clocks=[_clock(each) for each in session.clocks],
        findings=[finding_model(each, _config(each, session)) for each in found],
        advice=[_advice(each) for each in advice(session)],
        notes=[clean(note) for note in [*_assumed(session), *notes(session)]],
        exit_code=exit_code,
    )


def _assumed(session: Session) -> list[str]:
    return [f"{end.side.role} {assumed(end)}" for end in (session.server, session.client) if not end.file]


def _config(finding: Finding, session: Session) -> Config:
    configs = [end.config for end in (session.server, session.client) if end.config]
    return next(config for config in configs if finding.source.path in config.files)


def _end(end: Known, expected: End) -> IdleEnd:
    side = end.side
    return IdleEnd(
        file=clean(end.file) or None,
        target=end.program,
        interval=side.interval,
        count_max=side.count_max,
        tcp_keepalive=side.tcp_keepalive,
        first_probe=expected.first_probe,
        probe_every=expected.probe_every,
        ends_idle=expected.ends_idle,
        notices_dead_peer=expected.notices_dead_peer,
        tolerates=expected.tolerates,
        starves=expected.starves,
        settings=[_setting(told) for told in end.told.values()],
    )


def _setting(told: Told) -> IdleSetting:
    directive = told.entry.directive if told.entry else None
    return IdleSetting(
        keyword=told.keyword,
        value=told.value,
        file=clean(directive.file.source.path) if directive else None,
        line=directive.number + 1 if directive else None,
        block=clean(block_name(told.entry.block)) if told.entry else "",
    )


def _path(outcome: Outcome, session: Session) -> IdlePath:
    by, drawn = outcome.by, timeline(session.forecast, outcome)
    server, client = drawn.exit_of("server"), drawn.exit_of("client")
    return IdlePath(
        name=outcome.path.name,
        timeout=outcome.path.timeout,
        verdict=outcome.verdict,
        kept_by=by.role if by else None,
        speaks_every=by.seconds if by else None,
        server_exits=_span(server.at) if server else None,
        client_exits=_span(client.at) if client else None,
    )


def _clock(clock: Clock) -> IdleClock:
    return IdleClock(role=clock.role, keyword=clock.keyword, after=clock.after, ends=clock.ends)


def _advice(each: Advice) -> IdleAdvice:
    return IdleAdvice(
        role=each.role,
        steps=[clean(step) for step in each.steps],
        probe_every=each.spacing,
        packets_per_hour=each.packets_per_hour,
        drops_sleeper_after=_span(each.drops_after),
    )


def _span(span: Range | None) -> Span | None:
    return (span.low, span.high) if span else None
