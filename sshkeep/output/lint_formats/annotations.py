"""Findings as CI systems show them beside the lines: GitHub's workflow commands, GitLab's Code Quality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.output.json_reports.models import LintReport
from sshkeep.output.terminal import safe
from sshkeep.syntax.source import escaped_json

GITHUB_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
GITLAB_SEVERITIES = {"error": "critical", "warning": "major", "info": "minor"}


def github_commands(report: LintReport) -> Iterator[str]:
    """A workflow command for each finding and error (docs.github.com, Workflow commands)."""
    for finding in report.findings:
        places = {
            "file": finding.file,
            "line": str(finding.line),
            "endLine": str(finding.end_line),
            "col": str(finding.column),
            "title": f"sshkeep {finding.rule}",
        }
        properties = ",".join(f"{name}={_property(value)}" for name, value in places.items())
        text = "\n".join([finding.message, *filter(None, [finding.label]), *finding.notes])
        yield f"::{GITHUB_COMMANDS[finding.severity]} {properties}::{_data(text)}"
    yield from (f"::error title=sshkeep::{_data(error)}" for error in report.errors)


def _data(text: str) -> str:
    """As @actions/core escapes a message; nothing of a file may begin a command of its own."""
    return "%0A".join(safe(line).replace("%", "%25").replace("\r", "%0D") for line in text.split("\n"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab_text(report: LintReport, fingerprints: Sequence[str]) -> str:
    """A Code Quality report (docs.gitlab.com, Code Quality, Implement a custom tool)."""
    from json import dumps

    issues = [
        {
            "description": finding.message,
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": GITLAB_SEVERITIES[finding.severity],
            "location": {"path": finding.file.removeprefix("./"), "lines": {"begin": finding.line}},
        }
        for finding, fingerprint in zip(report.findings, fingerprints, strict=True)
    ]
    return escaped_json(dumps(issues, indent=1, ensure_ascii=False))
