"""Merge the findings of one config for several targets: each finding once."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.tree.config import Config
from sshkeep.lint.finding import Finding
from sshkeep.lint.suppression import UNUSED_SUPPRESSION

TargetFindings = tuple[Config, tuple[Finding, ...]]


def merge_targets(results: Sequence[TargetFindings]) -> list[TargetFindings]:
    """Each finding with the first config that has it; a note names the targets if it is not all of them.

    A suppression comment is unused only if it is unused for every target.
    """
    targets: dict[object, list[str]] = {}
    for config, findings in results:
        for finding in findings:
            targets.setdefault(_key(finding), []).append(config.target.name)
    reported: set[object] = set()
    merged: list[TargetFindings] = []
    for config, findings in results:
        new = [f for f in findings if _key(f) not in reported and _counts(f, targets[_key(f)], len(results))]
        reported.update(map(_key, new))
        merged.append((config, tuple(_with_targets(f, targets[_key(f)], len(results)) for f in new)))
    return merged


def _key(finding: Finding) -> object:
    return finding.rule, finding.source.path, finding.span, finding.keyword


def _counts(finding: Finding, targets: Sequence[str], every: int) -> bool:
    return finding.rule != UNUSED_SUPPRESSION or len(set(targets)) == every


def _with_targets(finding: Finding, targets: Sequence[str], every: int) -> Finding:
    names = list(dict.fromkeys(targets))
    if len(names) == every:
        return finding
    return finding._replace(notes=(*finding.notes, f"read for {', '.join(names)} only"))
