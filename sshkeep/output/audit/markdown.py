"""The audit as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.output.audit.json_report import AuditConfig, AuditControl, AuditReport, AuditValue
from sshkeep.output.audit.words import evidence_text, made_text, status_text, summary_text, where_text
from sshkeep.output.markdown import markdown_text


def markdown_lines(report: AuditReport) -> Iterator[str]:
    """A heading for each config; the controls as a table, and the evidence below it."""
    yield f"# Audit: {markdown_text(report.guide)}"
    yield ""
    yield f"{markdown_text(summary_text(report.summary))}. {markdown_text(made_text(report))}."
    for config in report.configs:
        yield ""
        yield from _config(config)
    for heading, sentences in (("Errors", report.errors), ("Notes", report.notes)):
        if sentences:
            yield ""
            yield f"## {heading}"
            yield ""
            yield from (f"- {markdown_text(each)}" for each in sentences)


def _config(config: AuditConfig) -> Iterator[str]:
    yield f"## {markdown_text(config.name)}"
    yield ""
    yield f"Target {config.target}, OpenSSH {config.openssh}: {markdown_text(summary_text(config.summary))}."
    yield ""
    for document in config.documents:
        nearest = "" if document.exact else f"; there is none about {config.target}, this is the nearest"
        yield f"- {markdown_text(f'{document.title} ({document.source})')}{nearest}"
    for file in config.files:
        yield f"- {markdown_text(file.path)}: {file.bytes} bytes, SHA-256 {file.sha256}"
    yield ""
    yield "| Control | Status | Asks | Value in effect |"
    yield "| --- | --- | --- | --- |"
    for control in config.controls:
        numbers = markdown_text(", ".join(control.ids))
        asks = markdown_text(control.asks or control.why)
        values = "<br>".join(map(_value, control.values)) or markdown_text(
            control.why if control.asks else ""
        )
        status = f"**{status_text(control)}**" if control.status == "fail" else status_text(control)
        level = markdown_text(f" (level {control.level})" if control.level else "")
        yield f"| {numbers} {markdown_text(control.title)}{level} | {status} | {asks} | {values} |"
    failed = [control for control in config.controls if control.evidence]
    if failed:
        yield ""
        yield "### Evidence"
        yield ""
    for control in failed:
        yield from _evidence(control)


def _value(value: AuditValue) -> str:
    text = f"{value.keyword} {', '.join(value.value.splitlines())}".rstrip()
    block = f" in {value.block}" if value.block else ""
    return markdown_text(f"{text}{block} ({where_text(value)})")


def _evidence(control: AuditControl) -> Iterator[str]:
    for each in control.evidence:
        yield f"- {markdown_text(', '.join(control.ids))}: {markdown_text(evidence_text(each))}"
