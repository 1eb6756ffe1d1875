"""Running rules over a config: one finding per cause, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sshkeep.config.tree.config import Config
from sshkeep.lint.finding import Finding, Related
from sshkeep.lint.left_out import ACCEPTED, has_comments, told
from sshkeep.lint.rule import LoadedRule, Wish
from sshkeep.lint.selection import Selection
from sshkeep.lint.standing import told as told_by_openssh

_RANK = {"error": 0, "warning": 1, "info": 2}
MOST = 1_000
"""Findings of one rule that somebody may want to read; telling of a million takes half a minute."""


class Outcome(NamedTuple):
    """What there is to say, and how many findings comments of the files suppress.

    ``cut`` are ids of rules that would have said more.
    """

    findings: tuple[Finding, ...]
    suppressed: int
    cut: tuple[str, ...] = ()


def run(
    config: Config, rules: Sequence[LoadedRule], wishes: Mapping[str, Wish] | None = None
) -> list[Finding]:
    """All findings of ``rules`` on ``config`` that nothing suppresses; ``wishes`` are by rule id."""
    return list(judge(config, Selection(tuple(rules), wishes=wishes or {})).findings)


def judge(config: Config, selection: Selection, most: int | None = None) -> Outcome:
    """What the selected rules say of ``config``: one finding for each cause, in the order of the files.

    ``most`` is how many findings of one rule are told. All are where comments suppress some, since it
    must be known which.
    """
    rules = [each for each in selection.rules if each.rule.check and config.kind in each.rule.applies_to]
    limit = None if has_comments(config) else most
    cut: list[str] = []
    found = _with_standing(_found(config, rules, selection.wishes, limit, cut), config)
    to_tell = told(found, config, selection)
    explains = {loaded.id: loaded.rule.explains for loaded in selection.rules}
    merged = [*_merged(to_tell.kept, explains), *_merged(to_tell.accepted, explains)]
    demanding = [loaded for loaded in rules if loaded.rule.allows]
    if demanding:
        merged = [_if_allowed(finding, demanding, config) for finding in merged]
    if any(file.cut for file in config.files.values()):
        # OpenSSH's lines are not the file's, so that a change at one may be a change at another.
        merged = [finding._replace(fix=None) for finding in merged]
    files = {path: place for place, path in enumerate(config.files)}
    wished = [_as_wished(finding, selection.wishes) for finding in merged]
    ordered = sorted(wished, key=lambda finding: _order(finding, files))
    return Outcome(tuple(ordered), to_tell.suppressed, tuple(cut))


def _found(
    config: Config, rules: Sequence[LoadedRule], wishes: Mapping[str, Wish], most: int | None, cut: list[str]
) -> list[Finding]:
    """What the rules say, and into ``cut`` the ids of those that would say more than ``most``."""
    found: dict[object, Finding] = {}
    for loaded in rules:
        rule = loaded.rule
        options = {**rule.options, **wishes.get(loaded.id, Wish()).options}
        for number, finding in enumerate(rule.check(config, options) if rule.check else ()):
            if number == most:
                cut.append(loaded.id)
                break
            # A file that is included twice is told of once.
            key = (loaded.id, finding.source.path, finding.span, finding.message)
            severity = finding.severity or rule.severity
            found.setdefault(key, finding._replace(rule=loaded.id, severity=severity))
    return list(found.values())


def _if_allowed(finding: Finding, demanding: Sequence[LoadedRule], config: Config) -> Finding:
    """Two rules that want different values would undo each other's fixes; that they disagree is told."""
    intents = finding.fix.intents if finding.fix else ()
    for loaded in demanding:
        allows = loaded.rule.allows
        if loaded.id != finding.rule and allows and not all(allows(intent, config) for intent in intents):
            note = f"no fix: {loaded.id} disagrees, and asks for another value"
            return finding._replace(fix=None, notes=(*finding.notes, note))
    return finding


def _with_standing(found: list[Finding], config: Config) -> list[Finding]:
    """Errors know whether OpenSSH itself reports their line."""
    if not any(finding.severity == "error" for finding in found):
        return found
    mark = told_by_openssh(config).marked
    return [mark(finding) if finding.severity == "error" else finding for finding in found]


def _as_wished(finding: Finding, wishes: Mapping[str, Wish]) -> Finding:
    wish = wishes.get(finding.rule)
    if not wish or not wish.severity or (finding.notes and finding.notes[-1].startswith(ACCEPTED)):
        return finding
    return finding._replace(severity=wish.severity)


def _order(finding: Finding, files: Mapping[str, int]) -> tuple[int, int, int, str]:
    return files[finding.source.path], finding.span.start, _RANK[finding.severity or "info"], finding.rule


def _merged(found: list[Finding], explains: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    """Findings less those that another one explains; those become its related places."""
    better = _better(found, explains)
    explained: dict[int, list[Finding]] = {}
    kept = []
    for finding in found:
        # One that is itself explained explains nothing: what is told in its place may not cover the rest.
        others = [other for other in better.get(id(finding), ()) if id(other) not in better]
        if others:
            explained.setdefault(id(others[0]), []).append(finding)
        else:
            kept.append(finding)
    return [_with_related(finding, explained.get(id(finding), [])) for finding in kept]


def _better(found: list[Finding], explains: Mapping[str, tuple[str, ...]]) -> dict[int, list[Finding]]:
    """For each finding that others explain, by its id, those others."""
    by_cause: dict[object, list[Finding]] = {}
    for finding in found:
        for cause in _causes(finding):
            by_cause.setdefault(cause, []).append(finding)
    better: dict[int, list[Finding]] = {}
    for group in by_cause.values():
        for finding in group:
            others = [other for other in group if finding.rule in explains[other.rule]]
            if others:
                better.setdefault(id(finding), []).extend(others)
    return better


def _causes(finding: Finding) -> Iterable[object]:
    if not _is_missing(finding):  # Many that are missing have one place.
        yield finding.source.path, finding.span
    if finding.refused:
        yield _line(finding)
    yield from finding.concerns


def _is_missing(finding: Finding) -> bool:
    """Whether it is about a setting that is not there, so that its line says nothing."""
    return finding.span.start == finding.span.end


def _line(finding: Finding) -> tuple[str, int]:
    return finding.source.path, finding.source.position(finding.span.start)[0]


def _with_related(finding: Finding, explained: list[Finding]) -> Finding:
    """The finding says already what is to be said of its own line; and nothing is said twice."""
    related = dict.fromkeys(
        Related(other.source, other.span, other.message)
        for other in explained
        if _line(other) != _line(finding) or _is_missing(finding)
    )
    return finding._replace(related=(*finding.related, *related)) if related else finding
