"""The audit as one HTML file that needs nothing else."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from sshkeep.errors import SshkeepError
from sshkeep.output.audit import words
from sshkeep.output.audit.json_report import AuditReport
from sshkeep.output.terminal import safe

FOLDER = os.path.dirname(os.path.abspath(__file__))


def html_text(report: AuditReport, pictures: Sequence[str]) -> str:
    """The page. ``pictures`` are SVGs, one for each config, or empty. Raises SshkeepError without jinja2.

    All text is made visible first, as for a terminal, so that no character of a file reorders the page; then
    the template escapes it. The page may load and run nothing (its Content-Security-Policy).
    """
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise SshkeepError(
            "an audit as HTML needs jinja2, which is not installed",
            "in a checkout: python3 -m pip install '.[report]'",
        ) from None
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: safe(value) if type(value) is str else value,
    )
    with open(os.path.join(FOLDER, "page.css"), encoding="utf-8") as file:
        style = file.read()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    images = [b64encode(picture.encode()).decode() for picture in pictures]
    page = environment.get_template("page.html")
    return page.render(report=report, style=style, digest=digest, images=images, words=words)
