"""What own rules and profiles demand, beside the findings of other rules about the same line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sshkeep.config.tree.config import Config
from sshkeep.lint.finding import Finding, causes_of
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.selection import KEEPALIVE_GROUP
from sshkeep.phrase import Phrase

if TYPE_CHECKING:  # only a policy has guides
    from sshkeep.lint.guide import Guide


class Demands:
    """The rules of one run that accept or refuse what the fixes of other rules set.

    One of a user's own policy that refuses a fix takes the place of what it explains. One of a profile never
    does that to a safe fix that keeps sessions alive: it stands beside it, with its own.
    """

    def __init__(self, rules: Iterable[LoadedRule], guides: Sequence[Guide], config: Config) -> None:
        self._rules = {loaded.id: loaded.rule for loaded in rules if loaded.rule.allows}
        self._keepalive = {loaded.id for loaded in rules if loaded.group == KEEPALIVE_GROUP}
        self._of_profiles = {name for guide in guides for each in guide.controls for name in each.rules}
        self._config = config

    def split(self, found: list[Finding]) -> tuple[list[Finding], list[Finding]]:
        """The findings, without those of demands that stand beside another one; and these.

        A demand that a safe fix of the other one meets has that fix.
        """
        safe: dict[object, list[Finding]] = {}
        for finding in found if self._rules else ():
            if finding.fix and finding.fix.safety == "safe" and finding.rule not in self._rules:
                for cause in causes_of(finding):
                    safe.setdefault(cause, []).append(finding)
        kept: list[Finding] = []
        beside: list[Finding] = []
        for finding in found:
            others = self._explained(finding, safe) if finding.rule in self._rules else []
            meeting = next((other for other in others if self._accepts(finding.rule, other)), None)
            if meeting is not None:
                beside.append(finding._replace(fix=meeting.fix))
            elif finding.rule in self._of_profiles and any(map(self._keeps_alive, others)):
                beside.append(finding)
            else:
                kept.append(finding)
        return kept, beside

    def _explained(self, finding: Finding, safe: dict[object, list[Finding]]) -> list[Finding]:
        """The findings with a safe fix that this one of a demand would take the place of."""
        if finding.fix is not None and finding.fix.safety == "safe":
            return []
        explains = self._rules[finding.rule].explains
        return [other for c in causes_of(finding) for other in safe.get(c, ()) if other.rule in explains]

    def _keeps_alive(self, finding: Finding) -> bool:
        return finding.rule in self._keepalive

    def _accepts(self, demand: str, finding: Finding) -> bool | None:
        """Whether the demand's rule accepts what the fix sets; None where that is something else."""
        allows = self._rules[demand].allows
        intents = finding.fix.intents if finding.fix else ()
        answers = {allows(intent, self._config) for intent in intents if allows}
        return False if False in answers else True if True in answers else None

    def without_refused_fix(self, finding: Finding) -> Finding:
        """The finding; a fix that a demand would undo is dropped, and the conflict noted."""
        for demand in self._rules:
            stands_beside = demand in self._of_profiles and self._keeps_alive(finding)
            if demand != finding.rule and not stands_beside and self._accepts(demand, finding) is False:
                note = Phrase("no fix: {rule} disagrees, and asks for another value", rule=demand)
                return finding._replace(fix=None, notes=(*finding.notes, note))
        return finding
