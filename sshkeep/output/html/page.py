"""One HTML file that needs nothing else, made of a template."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256
from typing import Any

from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import safe

FOLDER = os.path.dirname(os.path.abspath(__file__))


def page_text(template: str, what: str, **values: Any) -> str:
    """The page. Raises SshkeepError without jinja2; ``what`` is what needs it, such as "an audit".

    All text is made visible first, as for a terminal, so that no character of a file reorders the page; then
    the template escapes it. The page may load and run nothing (its Content-Security-Policy).
    """
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise SshkeepError(
            f"{what} as HTML needs jinja2, which is not installed",
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
    return environment.get_template(template).render(style=style, digest=digest, **values)
