"""Running rules over a config: one finding per cause, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sshkeep.config.model import Config
from sshkeep.lint.finding import Finding, Related
from sshkeep.lint.rule import LoadedRule, Wish

_RANK = {"error": 0, "warning": 1, "info": 2}


def run(
    config: Config, rules: Sequence[LoadedRule], wishes: Mapping[str, Wish] | None = None
) -> list[Finding]:
    """All findings of ``rules`` on ``config``; ``wishes`` are by rule id."""
    found = []
    for loaded in rules:
        rule, wish = loaded.rule, (wishes or {}).get(loaded.id, Wish())
        if config.kind in rule.applies_to:
            for finding in rule.check(config, {**rule.options, **wish.options}):
                severity = wish.severity or finding.severity or rule.severity
                found.append(finding._replace(rule=loaded.id, severity=severity))
    explains = {loaded.id: loaded.rule.explains for loaded in rules}
    files = {path: place for place, path in enumerate(config.files)}
    return sorted(_merged(found, explains), key=lambda finding: _order(finding, files))


def _order(finding: Finding, files: Mapping[str, int]) -> tuple[int, int, int, str]:
    return files[finding.source.path], finding.span.start, _RANK[finding.severity or "info"], finding.rule


def _merged(found: list[Finding], explains: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    """Findings less those that another one explains; those become its related places."""
    by_cause: dict[object, list[Finding]] = {}
    for finding in found:
        for cause in _causes(finding):
            by_cause.setdefault(cause, []).append(finding)
    needless: dict[int, Finding] = {}
    for group in by_cause.values():
        for finding in group:
            better = next((other for other in group if finding.rule in explains[other.rule]), None)
            if better is not None:
                needless.setdefault(id(finding), better)
    explained: dict[int, list[Finding]] = {}
    for finding in found:
        if id(finding) in needless:
            explained.setdefault(id(needless[id(finding)]), []).append(finding)
    return [_with_related(f, explained.get(id(f), [])) for f in found if id(f) not in needless]


def _causes(finding: Finding) -> Iterable[object]:
    yield finding.source.path, finding.span
    yield from finding.concerns


def _with_related(finding: Finding, explained: list[Finding]) -> Finding:
    if not explained:
        return finding
    related = tuple(Related(other.source, other.span, other.message) for other in explained)
    return finding._replace(related=finding.related + related)
