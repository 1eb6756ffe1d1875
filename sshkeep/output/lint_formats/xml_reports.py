"""Findings as XML: JUnit for test reports, Checkstyle for the many tools that read it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from sshkeep.output.json_reports.models import Finding, LintReport
from sshkeep.output.terminal import safe

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def junit_report(report: LintReport) -> Iterator[str]:
    """A failed test case for each finding, one that passes for each file without any (junit-10.xsd)."""
    found = {finding.file for finding in report.findings}
    clean = [file for file in report.files if file not in found]
    count = len(report.findings) + len(clean) + len(report.errors)
    yield HEAD
    yield (
        f'<testsuite name="sshkeep" tests="{count}" failures="{len(report.findings)}" '
        f'errors="{len(report.errors)}">'
    )
    for file in clean:
        yield f'  <testcase classname={_quoted(file)} name="sshkeep" time="0"/>'
    for finding in report.findings:
        yield f'  <testcase classname={_quoted(finding.file)} name={_quoted(_name(finding))} time="0">'
        head = f'    <failure type="{finding.severity}" message={_quoted(finding.message)}>'
        yield f"{head}{_body(finding)}</failure>"
        yield "  </testcase>"
    for error in report.errors:
        yield '  <testcase classname="sshkeep" name="run" time="0">'
        yield f"    <error message={_quoted(error)}/>"
        yield "  </testcase>"
    yield "</testsuite>"


def _name(finding: Finding) -> str:
    return f"{finding.rule}, line {finding.line}"


def _body(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    lines = [f"{place}: {finding.severity} {finding.rule}", finding.message, finding.label, *finding.notes]
    return "\n".join(escape(safe(line)) for line in lines if line)


def checkstyle_report(report: LintReport) -> Iterator[str]:
    """The findings by file."""
    by_file: dict[str, list[Finding]] = {file: [] for file in report.files}
    for finding in report.findings:
        by_file.setdefault(finding.file, []).append(finding)
    yield HEAD
    yield '<checkstyle version="4.3">'
    for file, findings in by_file.items():
        yield f"  <file name={_quoted(file)}>"
        for each in findings:
            place = f'line="{each.line}" column="{each.column}" severity="{each.severity}"'
            yield f'    <error {place} message={_quoted(each.message)} source="sshkeep.{each.rule}"/>'
        yield "  </file>"
    if report.errors:
        yield '  <file name="sshkeep">'
        yield from (f'    <error severity="error" message={_quoted(error)}/>' for error in report.errors)
        yield "  </file>"
    yield "</checkstyle>"


def _quoted(text: str) -> str:
    """An attribute's value; XML 1.0 can't hold most control characters, not even escaped."""
    return quoteattr(safe(text))
