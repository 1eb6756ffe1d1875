"""Leave out findings that a comment suppresses or whose rule is ignored; check the comments themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import File
from sshkeep.lint.finding import (
    Filtered,
    Finding,
    SuppressedFinding,
    accept_refusal,
    is_about_missing,
    line_place,
)
from sshkeep.lint.selection import Selection
from sshkeep.lint.suppression_comments import (
    NO_SUCH_FORM,
    SuppressionComment,
    comments_in,
    rules_named,
)
from sshkeep.lookup import suggestion
from sshkeep.syntax.source import Span

BAD_SUPPRESSION = "bad-suppression"
UNUSED_SUPPRESSION = "unused-suppression"
SUPPRESSION_RULES = (BAD_SUPPRESSION, UNUSED_SUPPRESSION)
"""The rules that report what is wrong with these comments."""

MOST_NAMES = 100
"""No suggestions for more unknown names than this: to find similar names takes time."""

FORM = "write it as # sshkeep: ignore[rule-id] reason"


class Suppressions:
    """The suppression comments of one tree's files, and which of them were used."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.comments = [comment for file in config.files.values() for comment in comments_in(file)]
        self.by_rule: dict[tuple[str, str, str], list[SuppressionComment]] = {}
        """By path, rule and reach, in the order of lines."""
        self.used: set[tuple[str, int, int, str]] = set()
        """The place of each comment that suppressed something, and the rule."""
        self.missing: set[tuple[str, str]] = set()
        """Path and rule of findings about missing settings."""
        self.near: dict[str, str] = {}
        """The suggestion for each unknown rule id."""
        for comment, rule in rules_named(self.comments):
            self.by_rule.setdefault((comment.file.source.path, rule, comment.reach), []).append(comment)

    def comment_for(self, finding: Finding) -> SuppressionComment | None:
        """The comment that suppresses the finding; only ignore-file suppresses a missing setting."""
        if not self.by_rule:
            return None
        number = line_place(finding)[1] - 1
        missing = is_about_missing(finding)
        if missing:
            self.missing.add((finding.source.path, finding.rule))
        for reach in ("ignore-file",) if missing else ("ignore", "ignore-block", "ignore-file"):
            comments = self.by_rule.get((finding.source.path, finding.rule, reach), [])
            comment = _nearest(comments, number) if reach == "ignore" else _around(comments, number)
            if comment:
                self.used.add((*comment.place, finding.rule))
                return comment
        return None

    def findings(self, known: Collection[str], run: Collection[str], *, reason: bool) -> Iterator[Finding]:
        """What is wrong with the comments.

        ``known`` are the ids of all rules, ``run`` those of rules that ran, so that a comment that names
        one is used or unused. ``reason`` is whether each comment must give a reason.
        """
        for comment in self.comments:
            yield from self._bad(comment, known, reason)
        if UNUSED_SUPPRESSION not in run or self.config.unread:
            return
        for comment, rule in rules_named(self.comments):
            used = (*comment.place, rule) in self.used
            if rule in run and rule not in SUPPRESSION_RULES and not used:
                yield self._unused(comment, rule)

    def _bad(self, comment: SuppressionComment, known: Collection[str], reason: bool) -> Iterator[Finding]:
        if comment.wrong:
            label = FORM if comment.wrong != NO_SUCH_FORM else f"{FORM}, or ignore-block, ignore-file"
            yield _finding(
                comment, BAD_SUPPRESSION, f"this comment suppresses nothing: {comment.wrong}", label
            )
        for rule in dict.fromkeys(comment.rules):
            if rule not in known:
                problem = f"no rule is called {rule[:40]}"
                yield _finding(
                    comment,
                    BAD_SUPPRESSION,
                    f"this comment suppresses nothing: {problem}",
                    self._near(rule, known),
                )
        if reason and comment.rules and not comment.reason:
            yield _finding(comment, BAD_SUPPRESSION, "the policy wants a reason behind the bracket", FORM)

    def _near(self, name: str, known: Collection[str]) -> str:
        if name not in self.near:
            self.near[name] = suggestion("rule", name, known if len(self.near) < MOST_NAMES else ())
        return self.near[name]

    def _unused(self, comment: SuppressionComment, rule: str) -> Finding:
        finding = _finding(
            comment,
            UNUSED_SUPPRESSION,
            f"this comment suppresses nothing: {rule} reports nothing here",
            "",
        )
        if comment.reach == "ignore-file" or (comment.file.source.path, rule) not in self.missing:
            return finding
        return finding._replace(notes=("a missing setting has no line: use ignore-file",))


def _nearest(comments: list[SuppressionComment], number: int) -> SuppressionComment | None:
    """The last comment above line ``number``, if it applies to that line."""
    place = bisect_left(comments, number, key=lambda comment: comment.number) - 1
    return comments[place] if place >= 0 and number <= comments[place].last else None


def _around(comments: list[SuppressionComment], number: int) -> SuppressionComment | None:
    """The comment whose block or file holds line ``number``; only comments on the same block overlap."""
    place = bisect_left(comments, number + 1, key=lambda comment: comment.first) - 1
    return comments[place] if place >= 0 and number <= comments[place].last else None


def _finding(comment: SuppressionComment, rule: str, message: str, label: str) -> Finding:
    file: File = comment.file
    raw = file.source.lines[comment.number]
    at = file.source.start(comment.number)
    span = Span(at + comment.start, at + len(raw.rstrip(b" \t\r\n\f")))
    return Finding(message, file.source, span, label=label, rule=rule)


def apply_suppressions(found: Sequence[Finding], config: Config, selection: Selection) -> Filtered:
    """Split ``found`` by comments and ignored rules, and add findings about the comments themselves."""
    kept: list[Finding] = []
    accepted: list[Finding] = []
    suppressed: list[SuppressedFinding] = []
    suppressions = Suppressions(config)
    # Comments are checked last, when it is known which of them are used.
    for finding in chain(found, _comment_findings(suppressions, selection)):
        comment = suppressions.comment_for(finding)
        if comment is None and finding.rule not in selection.accepted:
            kept.append(finding)
        elif finding.refused:
            why = f"line {comment.number + 1} suppresses it" if comment else "its rule is ignored"
            accepted.append(accept_refusal(finding, why))
        elif comment:
            suppressed.append(SuppressedFinding(finding._replace(fix=None), "comment", comment.reason))
    refused = {line_place(finding) for finding in kept if finding.refused}
    shown = [finding for finding in accepted if line_place(finding) not in refused]
    return Filtered(kept, shown, suppressed)


def _comment_findings(suppressions: Suppressions, selection: Selection) -> Iterator[Finding]:
    """Findings about the comments themselves."""
    if not suppressions.comments:
        return
    from sshkeep.lint.registry import all_rules

    run = {loaded.id: loaded.rule for loaded in selection.rules}
    known = {*all_rules(), *selection.known, *run}
    reason = _reason_is_required(selection)
    for finding in list(suppressions.findings(known, run, reason=reason)):
        if finding.rule in run:
            yield finding._replace(severity=run[finding.rule].severity)


def _reason_is_required(selection: Selection) -> bool:
    options = (
        selection.rule_configs[BAD_SUPPRESSION].options if BAD_SUPPRESSION in selection.rule_configs else {}
    )
    return options.get("reason") == "required"
