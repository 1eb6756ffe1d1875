"""Run rules on a config: one finding for each cause, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import RewriteFile
from sshkeep.lint.finding import (
    ACCEPTED_NOTE,
    Filtered,
    Finding,
    Fix,
    Related,
    SuppressedFinding,
    causes_of,
    is_about_missing,
    line_place,
)
from sshkeep.lint.relevant_rules import has_suppression_comment, relevant_rules
from sshkeep.lint.rule import EVERYTHING, EXPLAINS_ALL, LoadedRule, Reads, RuleConfig
from sshkeep.lint.selection import ConfiguredRule, Selection
from sshkeep.named import NamedTuple

if TYPE_CHECKING:  # `sshkeep idle` alone puts two ends together, and only a policy has guides
    from sshkeep.idle.session import Session
    from sshkeep.lint.guide import Guide

_RANK = {"error": 0, "warning": 1, "info": 2}
MAX_PER_RULE = 1_000
"""Findings of one rule that are reported; to print a million takes half a minute."""


class LintOutcome(NamedTuple):
    """The findings, and those that comments of the files suppress.

    ``cut`` are ids of rules with more findings than are listed.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[SuppressedFinding, ...]
    cut: tuple[str, ...] = ()


def run_rules(
    config: Config, rules: Sequence[LoadedRule], rule_configs: Mapping[str, RuleConfig] | None = None
) -> list[Finding]:
    """All findings of ``rules`` on ``config`` that no comment suppresses; ``rule_configs`` are by rule id."""
    return list(lint_config(config, Selection(tuple(rules), rule_configs=rule_configs or {})).findings)


def lint_config(config: Config, selection: Selection, most: int | None = None) -> LintOutcome:
    """The findings of the selected rules on ``config``: one for each cause, in the order of the files.

    ``most`` limits the findings of one rule. There is no limit if comments suppress some, since it must
    be known which comments are used.
    """
    reads = _readable(config)
    configured_rules = map(selection.configured, relevant_rules(selection, config))
    rules = [each for each in configured_rules if each.loaded.rule.reads in reads]
    limit = None if has_suppression_comment(config) else most
    cut: list[str] = []
    found = _with_refusal_status(_found(config, rules, limit, cut), config)
    filtered = Filtered(found, [], [])
    if has_suppression_comment(config) or selection.accepted:
        from sshkeep.lint.suppression import apply_suppressions

        filtered = apply_suppressions(found, config, selection)
    kept, demands = filtered.kept, None
    beside: list[Finding] = []
    if any(each.loaded.rule.allows for each in rules):
        from sshkeep.lint.demands import Demands

        demands = Demands([each.loaded for each in rules], selection.guides, config)
        kept, beside = demands.split(kept)
    explains = selection.explains({finding.rule for finding in (*kept, *filtered.accepted)})
    merged = [*_merged(kept, explains), *beside, *_merged(filtered.accepted, explains)]
    if demands:
        merged = [demands.without_refused_fix(finding) for finding in merged]
    if any(file.cut for file in config.files.values()):
        # After a NUL byte, OpenSSH's lines differ from the file's: an edit of one may change another.
        merged = [finding._replace(fix=_of_bytes(finding.fix)) for finding in merged]
    merged = [_with_owner(finding, config) for finding in merged]
    if selection.guides:
        merged = [_with_controls(finding, selection.guides, config) for finding in merged]
    files = {path: place for place, path in enumerate(config.files)}
    configured = [_with_severity(finding, selection.rule_configs) for finding in merged]
    ordered = sorted(configured, key=lambda finding: _order(finding, files))
    suppressed = (
        each._replace(finding=_with_severity(each.finding, selection.rule_configs))
        for each in filtered.suppressed
    )
    return LintOutcome(tuple(ordered), tuple(suppressed), tuple(cut))


def _readable(config: Config) -> tuple[Reads, ...]:
    """What rules can be asked about. OpenSSH reads the bytes of UTF-16, where nothing means what it says."""
    if any(file.wide for file in config.files.values()):
        return ("text",)
    return ("text", "lines") if config.is_template else EVERYTHING


def _of_bytes(fix: Fix | None) -> Fix | None:
    """The fix, if it does not depend on lines."""
    return fix if fix and all(isinstance(intent, RewriteFile) for intent in fix.intents) else None


def _found(
    config: Config, rules: Iterable[ConfiguredRule], most: int | None, cut: list[str]
) -> list[Finding]:
    """The findings of the rules; adds to ``cut`` the ids of rules that have more than ``most``."""
    found: dict[object, Finding] = {}
    for loaded, check, options, severity in rules:
        for number, finding in enumerate(check(config, options)):
            if number == most:
                cut.append(loaded.id)
                break
            # A file that is included twice gives each finding once.
            key = (loaded.id, finding.source.path, finding.span, finding.message)
            found.setdefault(key, finding._replace(rule=loaded.id, severity=finding.severity or severity))
    return list(found.values())


def _with_refusal_status(found: list[Finding], config: Config) -> list[Finding]:
    """Each error with the status of its line: whether OpenSSH itself reports it."""
    if not any(finding.severity == "error" for finding in found):
        return found
    from sshkeep.lint.reported_refusals import reported_refusals

    mark = reported_refusals(config).with_status
    return [mark(finding) if finding.severity == "error" else finding for finding in found]


def _with_owner(finding: Finding, config: Config) -> Finding:
    """A note where another program writes the line, so that it has to be changed there."""
    from sshkeep.config.owners import owner_of_span

    owner = owner_of_span(finding.source.path, *finding.span, config)
    return finding._replace(notes=(owner.sentence, *finding.notes)) if owner else finding


def _with_controls(finding: Finding, guides: Sequence[Guide], config: Config) -> Finding:
    """The finding with the controls that ask for what its rule reports."""
    refs = (ref for guide in guides for ref in guide.refs(finding.rule, config.kind, config.target))
    return finding._replace(controls=tuple(refs))


def _with_severity(finding: Finding, rule_configs: Mapping[str, RuleConfig]) -> Finding:
    rule_config = rule_configs.get(finding.rule)
    if (
        not rule_config
        or not rule_config.severity
        or (finding.notes and finding.notes[-1].startswith(ACCEPTED_NOTE))
    ):
        return finding
    return finding._replace(severity=rule_config.severity)


def _order(finding: Finding, files: Mapping[str, int]) -> tuple[int, int, int, str]:
    return files[finding.source.path], finding.span.start, _RANK[finding.severity or "info"], finding.rule


def _merged(found: list[Finding], explains: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    """The findings without those that another one explains, which become its related places."""
    better, groups = _better(found, explains)
    # A finding that is itself explained explains no other: the one that replaces it may not cover it.
    first = [next((number for number in group if number not in better), None) for group in groups]
    explained: dict[int, list[Finding]] = {}
    kept = []
    for number, finding in enumerate(found):
        by = next((first[each] for each in better.get(number, ()) if first[each] is not None), None)
        if by is not None:
            explained.setdefault(by, []).append(finding)
        else:
            kept.append(number)
    return [_with_related(found[number], explained.get(number, [])) for number in kept]


def _better(
    found: list[Finding], explains: Mapping[str, tuple[str, ...]]
) -> tuple[dict[int, list[int]], list[list[int]]]:
    """For the number of each explained finding, the groups that explain it; and the groups, by number.

    All findings of one rule and cause share their group, so that many of them take linear time.
    """
    by_cause: dict[object, list[int]] = {}
    for number, finding in enumerate(found):
        for cause in causes_of(finding):
            by_cause.setdefault(cause, []).append(number)
    better: dict[int, list[int]] = {}
    groups: list[list[int]] = []
    for numbers in by_cause.values():
        group_of: dict[str, int] = {}
        for rule in {found[number].rule for number in numbers}:
            others = [number for number in numbers if _explains(explains, found[number].rule, rule)]
            if others:
                group_of[rule] = len(groups)
                groups.append(others)
        for number in numbers:
            if found[number].rule in group_of:
                better.setdefault(number, []).append(group_of[found[number].rule])
    return better, groups


def _explains(explains: Mapping[str, tuple[str, ...]], rule: str, other: str) -> bool:
    return other in explains[rule] or (EXPLAINS_ALL in explains[rule] and other != rule)


def _with_related(finding: Finding, explained: list[Finding]) -> Finding:
    """Add the explained findings as related places, without duplicates and those on the finding's line."""
    related = dict.fromkeys(
        Related(other.source, other.span, other.message)
        for other in explained
        if line_place(other) != line_place(finding) or is_about_missing(finding)
    )
    return finding._replace(related=(*finding.related, *related)) if related else finding


def session_findings(session: Session, rules: Iterable[LoadedRule]) -> list[Finding]:
    """All findings of those of ``rules`` that look at both ends, in the order of the rules."""
    return [
        finding._replace(rule=loaded.id, severity=finding.severity or loaded.rule.severity)
        for loaded in rules
        if loaded.rule.check_session
        for finding in loaded.rule.check_session(session)
    ]
