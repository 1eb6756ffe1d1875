"""Findings as one HTML file that needs nothing else."""

from __future__ import annotations

from itertools import groupby

from sshkeep.output.html.page import page_text
from sshkeep.output.json_reports.models import LintReport
from sshkeep.version import VERSION


def findings_page(report: LintReport) -> str:
    """The page, a table for each file. Raises SshkeepError without jinja2."""
    files = [(file, list(found)) for file, found in groupby(report.findings, lambda finding: finding.file)]
    return page_text("findings.html", "a report", report=report, files=files, version=VERSION)
