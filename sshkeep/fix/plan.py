"""The fixes of one tree, chosen in rounds until nothing is left to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sshkeep.config.model import Config
from sshkeep.edit.edits import Edit, Taken, apply
from sshkeep.edit.plan import edits_for
from sshkeep.errors import SshkeepError
from sshkeep.fix.round import check_round
from sshkeep.fix.whole import whole
from sshkeep.lint.finding import Finding
from sshkeep.lint.rule import LoadedRule, Wish
from sshkeep.lint.runner import run
from sshkeep.trees.tree import Tree

MAX_ROUNDS = 20


class Plan(NamedTuple):
    """What would be written: content by path before and after, and the findings it mends.

    ``left`` are the findings of the tree after all fixes.
    """

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    mended: tuple[tuple[Finding, Config], ...]
    """Each with the config it was found in: later rounds see what earlier ones made."""
    left: tuple[Finding, ...]
    config: Config
    """As it is after all fixes."""


def plan_fixes(tree: Tree, rules: Sequence[LoadedRule], wishes: Mapping[str, Wish], *, unsafe: bool) -> Plan:
    """Round by round: fixes that don't overlap are made together, checked, and linted again.

    Raises SshkeepError where a tree can't be read whole, or a fix does not do what it says.
    """
    config = whole(tree)
    before = {path: file.source.data for path, file in config.files.items()}
    changed: dict[str, bytes] = {}
    mended: list[tuple[Finding, Config]] = []
    for _ in range(MAX_ROUNDS):
        findings = run(config, rules, wishes)
        chosen = _choose([f for f in findings if _wanted(f, tree, unsafe)], config)
        if not chosen:
            after = {path: changed[path] for path in before if path in changed}
            return Plan(before, after, tuple(mended), tuple(findings), config)
        edits = [edit for _, its in chosen for edit in its]
        for path in {edit.path for edit in edits}:
            changed[path] = apply(config.files[path].source.data, [e for e in edits if e.path == path])
        fixed = tree.load(changed)
        check_round(config, fixed, [finding for finding, _ in chosen], edits, run(fixed, rules, wishes))
        mended += [(finding, config) for finding, _ in chosen]
        config = fixed
    raise SshkeepError(
        f"{tree.name}: the fixes don't come to an end", "this is a bug of sshkeep; nothing was written"
    )


def _wanted(finding: Finding, tree: Tree, unsafe: bool) -> bool:
    return (
        finding.fix is not None
        and (unsafe or finding.fix.safety == "safe")
        and tree.shows(finding.source.path)
    )


def _choose(findings: list[Finding], config: Config) -> list[tuple[Finding, tuple[Edit, ...]]]:
    """A fix is made whole or waits for the next round; of two that overlap, the first is made."""
    chosen: list[tuple[Finding, tuple[Edit, ...]]] = []
    taken = Taken()
    for finding in findings:
        assert finding.fix
        edits = edits_for(finding.fix.intents, config)
        if taken.take(edits):
            chosen.append((finding, edits))
    return chosen
