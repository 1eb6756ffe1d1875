"""Findings of rules that look at both ends of a session."""

from __future__ import annotations

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.lint.checks.findings import at_entry, missing_position
from sshkeep.lint.finding import Finding


def at_endpoint_setting(keyword: str, end: EndpointConfig, message: str) -> Finding | None:
    """A finding on the line that sets a keyword, or where it would be inserted; None without a config."""
    setting = end.settings.get(keyword)
    if setting and setting.entry:
        return at_entry(setting.entry, message)
    if end.config is None:
        return None
    source, span = missing_position(keyword, end.config)
    return Finding(message, source, span, keyword)
