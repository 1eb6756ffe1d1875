"""The audit as one HTML file that needs nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from sshkeep.output.audit import words
from sshkeep.output.audit.json_report import AuditReport
from sshkeep.output.html.page import page_text


def html_text(report: AuditReport, pictures: Sequence[str]) -> str:
    """The page. ``pictures`` are SVGs, one for each config, or empty. Raises SshkeepError without jinja2."""
    images = [b64encode(picture.encode()).decode() for picture in pictures]
    return page_text("audit.html", "an audit", report=report, images=images, words=words)
