"""What neither end shows alone, as the rules that look at both ends find it."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.idle.session import Session
from sshkeep.lint.finding import Finding, at_entry
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.vocabulary import missing_place


def findings(session: Session, rules: Iterable[LoadedRule]) -> list[Finding]:
    """All findings of those of ``rules`` that look at both ends, in the order of the rules."""
    return [
        finding._replace(rule=loaded.id, severity=finding.severity or loaded.rule.severity)
        for loaded in rules
        if loaded.rule.both
        for finding in loaded.rule.both(session)
    ]


def at_setting(keyword: str, end: EndpointConfig, message: str) -> Finding | None:
    """A finding on the line that decides a keyword, or where it would stand; None without a config."""
    told = end.settings.get(keyword)
    if told and told.entry:
        return at_entry(told.entry, message)
    if end.config is None:
        return None
    source, span = missing_place(keyword, end.config)
    return Finding(message, source, span, keyword)
