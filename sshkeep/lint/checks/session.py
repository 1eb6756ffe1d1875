"""What neither end shows alone, as the rules that look at both ends find it."""

from __future__ import annotations

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.lint.checks.findings import at_entry, missing_position
from sshkeep.lint.finding import Finding


def at_endpoint_setting(keyword: str, end: EndpointConfig, message: str) -> Finding | None:
    """A finding on the line that decides a keyword, or where it would stand; None without a config."""
    told = end.settings.get(keyword)
    if told and told.entry:
        return at_entry(told.entry, message)
    if end.config is None:
        return None
    source, span = missing_position(keyword, end.config)
    return Finding(message, source, span, keyword)
