"""`sshkeep audit --format json`; the other formats print the same report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.lint.audit import AuditedControl, Evidence, Status, counts
from sshkeep.lint.guide import Edition, Guide
from sshkeep.lint.own_rule import what_it_asks
from sshkeep.lint.rule import LoadedRule
from sshkeep.named import NamedTuple
from sshkeep.syntax.source import clean


class AuditSummary(NamedTuple):
    """How many controls have each status; `waived` are those of `fail` that waivers accept."""

    passed: int
    fail: int
    waived: int
    not_applicable: int
    not_checked: int


class AuditLine(NamedTuple):
    """A line of a file, counted from 1."""

    file: str
    line: int


class AuditValue(NamedTuple):
    """A value in effect, as `sshd -T` or `ssh -G` prints it."""

    keyword: str
    block: Annotated[str, "the Host or Match line below which it holds; empty for everyone else"]
    value: Annotated[str, "several lines where the option has several"]
    lines: Annotated[list[AuditLine], "what sets it; none for the default"]


class AuditWaiver(NamedTuple):
    """What accepts a finding."""

    file: Annotated[str, "the config with the comment, or the baseline"]
    line: Annotated[int, "of the comment; 0 for a baseline"]
    reason: str
    date: Annotated[str, "YYYY-MM-DD, as the baseline or the reason has it; empty for none"]


class AuditEvidence(NamedTuple):
    """A finding against the control."""

    rule: str
    message: str
    label: str
    file: str
    line: Annotated[int, "0 where no line sets it"]
    waiver: AuditWaiver | None


class AuditControl(NamedTuple):
    """A control of the guide, and what became of it. The title is sshkeep's own."""

    ids: Annotated[list[str], "its numbers in the documents"]
    title: str
    level: str
    asks: str
    rules: list[str]
    status: Literal["pass", "fail", "not applicable", "not checked"]
    waived: Annotated[bool, "it fails, and waivers accept all findings"]
    why: Annotated[str, "why it is not applicable or not checked"]
    values: list[AuditValue]
    evidence: list[AuditEvidence]


class AuditFile(NamedTuple):
    """A file that was read."""

    path: str
    sha256: str
    bytes: int


class AuditDocument(NamedTuple):
    """A document that the numbers are from."""

    title: str
    source: str
    exact: Annotated[bool, "it is about this target; else it is the nearest one"]


class AuditConfig(NamedTuple):
    """One config as one target reads it."""

    name: str
    kind: Literal["sshd_config", "ssh_config", "putty", "teraterm"]
    target: str
    openssh: str
    documents: list[AuditDocument]
    files: list[AuditFile]
    summary: AuditSummary
    controls: list[AuditControl]


class AuditReport(NamedTuple):
    """What `sshkeep audit --format json` prints."""

    profile: str
    guide: str
    made: Annotated[datetime, "SOURCE_DATE_EPOCH counts, where it is set"]
    made_by: Annotated[str, "user@host"]
    sshkeep: Annotated[str, "its version"]
    configs: list[AuditConfig]
    summary: AuditSummary
    errors: list[str]
    notes: list[str]
    exit_code: int


def audited_config(
    name: str,
    config: Config,
    guide: Guide,
    rules: Mapping[str, LoadedRule],
    audited: Sequence[AuditedControl],
) -> AuditConfig:
    """The part of the report about one config. ``rules`` are those that check the controls."""
    from hashlib import sha256

    return AuditConfig(
        name=clean(name),
        kind=config.kind,
        target=config.target.name,
        openssh=str(config.target.release),
        documents=[_document(each, guide, config) for each in guide.documents_for(config.target)],
        files=[
            AuditFile(clean(path), sha256(file.stored).hexdigest(), len(file.stored))
            for path, file in config.files.items()
        ],
        summary=summary_of(audited),
        controls=[_control(each, rules) for each in audited],
    )


def summary_of(audited: Iterable[AuditedControl]) -> AuditSummary:
    """The numbers of controls by status."""
    controls = list(audited)
    by: Mapping[Status, int] = counts(controls)
    waived = sum(1 for each in controls if each.waived)
    return AuditSummary(by["pass"], by["fail"], waived, by["not applicable"], by["not checked"])


def _document(document: Edition, guide: Guide, config: Config) -> AuditDocument:
    exact = not document.targets or guide.is_about(document, config.target)
    return AuditDocument(clean(document.full_title), clean(document.source), exact)


def _control(audited: AuditedControl, rules: Mapping[str, LoadedRule]) -> AuditControl:
    control = audited.control
    return AuditControl(
        ids=[clean(each) for each in audited.ids],
        title=clean(control.title),
        level=clean(control.level),
        asks=clean(what_it_asks(control, rules)),
        rules=list(control.rules),
        status=audited.status,
        waived=audited.waived,
        why=clean(audited.why),
        values=[
            AuditValue(
                each.keyword, clean(each.block), clean(each.text), [_line(line) for line in each.lines]
            )
            for each in audited.values
        ],
        evidence=[_evidence(each) for each in audited.evidence],
    )


def _line(entry: Entry) -> AuditLine:
    return AuditLine(clean(entry.directive.file.source.path), entry.directive.number + 1)


def _evidence(evidence: Evidence) -> AuditEvidence:
    finding, waiver = evidence
    is_set = finding.span.start < finding.span.end
    line = finding.source.position(finding.span.start)[0] if is_set else 0
    return AuditEvidence(
        rule=finding.rule,
        message=clean(finding.message),
        label=clean(finding.label),
        file=clean(finding.source.path),
        line=line,
        waiver=AuditWaiver(clean(waiver.path), waiver.line, clean(waiver.reason), clean(waiver.date))
        if waiver
        else None,
    )
