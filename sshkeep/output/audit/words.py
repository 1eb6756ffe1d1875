"""The words that the formats of an audit share."""

from __future__ import annotations

from sshkeep.output.audit.json_report import (
    AuditControl,
    AuditEvidence,
    AuditReport,
    AuditSummary,
    AuditValue,
)


def summary_text(summary: AuditSummary) -> str:
    """The numbers by status."""
    waived = f" ({summary.waived} waived)" if summary.waived else ""
    return (
        f"{summary.passed} pass, {summary.fail} fail{waived}, {summary.not_applicable} not applicable, "
        f"{summary.not_checked} not checked"
    )


def status_text(control: AuditControl) -> str:
    """The status, with the word for one that is accepted."""
    return "fail, waived" if control.waived else control.status


def where_text(value: AuditValue) -> str:
    """The lines that set a value."""
    return ", ".join(f"{line.file}:{line.line}" for line in value.lines) or "default"


def made_text(report: AuditReport) -> str:
    """When, by whom and by what it was made."""
    made = report.made.strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"Made on {made} by {report.made_by} with sshkeep {report.sshkeep}, profile {report.profile}"


def evidence_text(evidence: AuditEvidence) -> str:
    """A finding with its place, and what accepts it."""
    text = f"{_place(evidence.file, evidence.line)}: {evidence.message}"
    if evidence.label:
        text += f" ({evidence.label})"
    waiver = evidence.waiver
    if waiver:
        date = f", {waiver.date}" if waiver.date else ""
        place = _place(waiver.file, waiver.line)
        text += f"; waived by {place}{date}: {waiver.reason or 'no reason given'}"
    return text


def _place(file: str, line: int) -> str:
    return f"{file}:{line}" if line else file
