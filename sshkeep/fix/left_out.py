"""Fixes that can't be checked: they are not made and named with the reason, the others are made."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.edit.edits import LineMoves
from sshkeep.lint.finding import Finding
from sshkeep.named import NamedTuple

MOST = 10
"""Fixes that fail before no more are tried: each costs some rounds, and a file may be hostile."""
NOT_TRIED = f"it was not tried, since {MOST} others could not be proven"
NO_FIX = "no fix: "
"""How the note of such a finding begins."""


class Identity(NamedTuple):
    """What a finding is about, and the offset at which its line starts."""

    rule: str
    path: str
    keyword: str
    block: str
    start: int | None
    """None where the line was deleted."""


def identity(finding: Finding) -> Identity:
    """The same for a finding before and after a round, once `moved_to` brought it along."""
    line, _ = finding.source.position(finding.span.start)
    start = finding.source.start(line - 1)
    return Identity(finding.rule, finding.source.path, finding.keyword, finding.block, start)


def moved_to(known: Identity, moved: LineMoves) -> Identity:
    """The finding after a round of edits."""
    return known if known.start is None else known._replace(start=moved.to(known.path, known.start))


class LeftOut:
    """Findings whose fixes are left out, wherever later rounds move their lines."""

    def __init__(self, top: str) -> None:
        self.top = top
        self.reasons: dict[Identity, str] = {}

    def __contains__(self, finding: Finding) -> bool:
        return bool(self.reasons) and identity(finding) in self.reasons

    @property
    def full(self) -> bool:
        return len(self.reasons) >= MOST

    def add(self, finding: Finding, why: str) -> None:
        self.reasons.setdefault(identity(finding), why.removeprefix(f"{self.top}: "))

    def everything(self, findings: Iterable[Finding], why: str) -> None:
        for finding in findings:
            self.add(finding, why)

    def move(self, moved: LineMoves) -> None:
        """Follow the lines through a round of edits."""
        self.reasons = {moved_to(known, moved): why for known, why in self.reasons.items()}

    def marked(self, finding: Finding) -> Finding:
        """The finding without its fix and with the reason, where it is one of these."""
        if finding.fix is None or finding not in self:
            return finding
        why = self.reasons[identity(finding)]
        return finding._replace(fix=None, notes=(*finding.notes, f"{NO_FIX}{why}"))
