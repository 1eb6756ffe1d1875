"""Running rules over a config: one finding per cause, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sshkeep.config.model import Config
from sshkeep.lint.finding import Finding, Related
from sshkeep.lint.rule import LoadedRule, Wish
from sshkeep.lint.standing import told

_RANK = {"error": 0, "warning": 1, "info": 2}


def run(
    config: Config, rules: Sequence[LoadedRule], wishes: Mapping[str, Wish] | None = None
) -> list[Finding]:
    """All findings of ``rules`` on ``config``; ``wishes`` are by rule id."""
    wished = wishes or {}
    found: dict[object, Finding] = {}
    for loaded in rules:
        rule = loaded.rule
        if config.kind in rule.applies_to:
            options = {**rule.options, **wished.get(loaded.id, Wish()).options}
            for finding in rule.check(config, options):
                # A file that is included twice is told of once.
                key = (loaded.id, finding.source.path, finding.span, finding.message)
                found.setdefault(
                    key, finding._replace(rule=loaded.id, severity=finding.severity or rule.severity)
                )
    explains = {loaded.id: loaded.rule.explains for loaded in rules}
    files = {path: place for place, path in enumerate(config.files)}
    merged = _merged(_with_standing(list(found.values()), config), explains)
    if any(file.cut for file in config.files.values()):
        # OpenSSH's lines are not the file's, so that a change at one may be a change at another.
        merged = [finding._replace(fix=None) for finding in merged]
    return sorted((_as_wished(f, wished) for f in merged), key=lambda finding: _order(finding, files))


def _with_standing(found: list[Finding], config: Config) -> list[Finding]:
    """Errors know whether OpenSSH itself reports their line."""
    if not any(finding.severity == "error" for finding in found):
        return found
    mark = told(config).marked
    return [mark(finding) if finding.severity == "error" else finding for finding in found]


def _as_wished(finding: Finding, wishes: Mapping[str, Wish]) -> Finding:
    wish = wishes.get(finding.rule)
    return finding._replace(severity=wish.severity) if wish and wish.severity else finding


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
    if finding.refused:
        yield _line(finding)
    yield from finding.concerns


def _line(finding: Finding) -> tuple[str, int]:
    return finding.source.path, finding.source.position(finding.span.start)[0]


def _with_related(finding: Finding, explained: list[Finding]) -> Finding:
    """What is refused about the finding's own line is said already."""
    related = [
        Related(other.source, other.span, other.message)
        for other in explained
        if not (other.refused and _line(other) == _line(finding))
    ]
    return finding._replace(related=(*finding.related, *related)) if related else finding
