"""Findings that are left out: a comment suppresses them, or their rule is ignored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.lint.comments import WORD
from sshkeep.lint.finding import Finding
from sshkeep.lint.selection import Selection
from sshkeep.lint.suppression import BAD, Suppressions

ACCEPTED = "accepted: "
"""What the last note of an accepted refusal begins with."""


class Told(NamedTuple):
    """``accepted`` are refusals: they are told, but fail nothing and are left alone. The rest is counted."""

    kept: list[Finding]
    accepted: list[Finding]
    suppressed: int


@cached_answer
def has_comments(config: Config) -> bool:
    """Whether the files speak to sshkeep, as far as can be told without reading their comments."""
    return any(WORD in file.source.data.lower() for file in config.files.values())


def told(found: Sequence[Finding], config: Config, selection: Selection) -> Told:
    """What is to be told of ``found``, and of the comments for sshkeep themselves."""
    if not has_comments(config) and not selection.accepted:
        return Told(list(found), [], 0)
    kept: list[Finding] = []
    accepted: list[Finding] = []
    suppressions = Suppressions(config)
    # The comments are asked last, when it is known which of them were of use.
    for finding in chain(found, _later(suppressions, selection)):
        comment = suppressions.over(finding)
        if comment is None and finding.rule not in selection.accepted:
            kept.append(finding)
        elif finding.refused:
            why = f"line {comment.number + 1} suppresses it" if comment else "its rule is ignored"
            accepted.append(accept(finding, why))
    refused = {_line(finding) for finding in kept if finding.refused}
    shown = [finding for finding in accepted if _line(finding) not in refused]
    return Told(kept, shown, suppressions.hidden)


def accept(finding: Finding, why: str) -> Finding:
    """A refusal that somebody accepts."""
    return finding._replace(severity="info", fix=None, notes=(*finding.notes, f"{ACCEPTED}{why}"))


def _later(suppressions: Suppressions, selection: Selection) -> Iterator[Finding]:
    """What is to be said of the comments themselves."""
    if not suppressions.comments:
        return
    from sshkeep.lint.registry import all_rules

    run = {loaded.id: loaded.rule for loaded in selection.rules}
    known = {*all_rules(), *selection.known, *run}
    reason = _reason(selection)
    for finding in list(suppressions.findings(known, run, reason=reason)):
        if finding.rule in run:
            yield finding._replace(severity=run[finding.rule].severity)


def _reason(selection: Selection) -> bool:
    options = selection.wishes[BAD].options if BAD in selection.wishes else {}
    return options.get("reason") == "required"


def _line(finding: Finding) -> tuple[str, int]:
    return finding.source.path, finding.source.position(finding.span.start)[0]
