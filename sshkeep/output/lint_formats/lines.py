"""Findings a line each: for grep, for programs that read as they go, for people who read Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.output.json_reports.models import LintReport, as_json
from sshkeep.output.markdown import markdown_text
from sshkeep.syntax.source import escaped_json


def jsonl_report(report: LintReport) -> Iterator[str]:
    """An object for each finding, then one for each error, then the summary; ``type`` names which it is."""
    from json import dumps

    objects = [{"type": "finding", **as_json(finding)} for finding in report.findings]
    objects += [{"type": "error", "message": error} for error in report.errors]
    objects.append({"type": "summary", **as_json(report.summary), "exit_code": report.exit_code})
    yield from (escaped_json(dumps(each, ensure_ascii=False)) for each in objects)


def markdown_report(report: LintReport) -> Iterator[str]:
    """A table, for a comment on a merge request or a job's summary."""
    if report.findings:
        yield "| Place | Severity | Rule | Problem |"
        yield "| --- | --- | --- | --- |"
    for finding in report.findings:
        place = markdown_text(f"{finding.file}:{finding.line}")
        yield f"| {place} | {finding.severity} | {finding.rule} | {markdown_text(finding.message)} |"
    if report.findings:
        yield ""
    yield from (f"- error: {markdown_text(error)}" for error in report.errors)
    counts = report.summary
    yield (
        f"{len(report.findings)} findings in {len(report.files)} files: {counts.error} errors, "
        f"{counts.warning} warnings, {counts.info} infos (target {report.target})"
    )
