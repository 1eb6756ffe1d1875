"""One config, judged for several targets: each finding once."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.tree.config import Config
from sshkeep.lint.finding import Finding
from sshkeep.lint.suppression import UNUSED

Judged = tuple[Config, tuple[Finding, ...]]


def together(judged: Sequence[Judged]) -> list[Judged]:
    """Each finding with the first config that has it; those of some targets only say which.

    A comment is of no use only where no target has a use for it.
    """
    targets: dict[object, list[str]] = {}
    for config, findings in judged:
        for finding in findings:
            targets.setdefault(_key(finding), []).append(config.target.name)
    told: set[object] = set()
    result: list[Judged] = []
    for config, findings in judged:
        new = [f for f in findings if _key(f) not in told and _counts(f, targets[_key(f)], len(judged))]
        told.update(map(_key, new))
        result.append((config, tuple(_with_targets(f, targets[_key(f)], len(judged)) for f in new)))
    return result


def _key(finding: Finding) -> object:
    return finding.rule, finding.source.path, finding.span, finding.keyword


def _counts(finding: Finding, targets: Sequence[str], every: int) -> bool:
    return finding.rule != UNUSED or len(set(targets)) == every


def _with_targets(finding: Finding, targets: Sequence[str], every: int) -> Finding:
    names = list(dict.fromkeys(targets))
    if len(names) == every:
        return finding
    return finding._replace(notes=(*finding.notes, f"read for {', '.join(names)} only"))
