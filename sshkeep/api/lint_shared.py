"""Lint many trees by several processes. What they hand back is what reports show, not the lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from sshkeep.api.inputs import Inputs
from sshkeep.api.linted_config import ConfigReport, LintedConfig, lint_tree_for_targets
from sshkeep.api.rulesets import Rulesets
from sshkeep.api.sharing import Sharing
from sshkeep.lint.equal_configs import EqualConfigs
from sshkeep.lint.finding import Finding, SuppressedFinding
from sshkeep.lint.runner import MAX_PER_RULE
from sshkeep.named import NamedTuple
from sshkeep.system.worker_processes import shared_work
from sshkeep.trees.tree import Tree

SLICES = 8
"""Slices of trees for each process: one that has much to do does not keep the others waiting."""
MOST_IN_SLICE = 100


class _HandedBack(NamedTuple):
    """What is known of a linted config without its lines; ``tree``: None for that of the number."""

    number: int
    tree: Tree | None
    findings: tuple[Finding, ...]
    suppressed: tuple[SuppressedFinding, ...]
    cut: tuple[str, ...]
    files: tuple[str, ...]
    notes: tuple[str, ...]
    made: ConfigReport | None


class _Slice(NamedTuple):
    """A slice of the trees, linted, and what was noticed meanwhile."""

    linted: list[_HandedBack]
    errors: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def lint_by_processes(
    trees: Sequence[Tree], inputs: Inputs, rulesets: Rulesets, processes: int, sharing: Sharing
) -> Iterator[LintedConfig]:
    """What one process would find, in the same order. Raises SshkeepError where another one ends early."""
    size = max(1, min(MOST_IN_SLICE, len(trees) // (processes * SLICES)))
    judge = EqualConfigs().lint

    def lint_slice(number: int) -> _Slice:
        outer, notes = (inputs.errors, inputs.missing), len(rulesets.notes)
        inputs.errors, inputs.missing = {}, {}
        linted = [
            _handed_back(place, each, trees[place], sharing)
            for place in range(number * size, min((number + 1) * size, len(trees)))
            for each in lint_tree_for_targets(trees[place], inputs, rulesets, judge, MAX_PER_RULE)
        ]
        found = _Slice(linted, tuple(inputs.errors), tuple(inputs.missing), tuple(rulesets.notes[notes:]))
        inputs.errors, inputs.missing = outer
        del rulesets.notes[notes:]
        return found

    with closing(shared_work(lint_slice, -(-len(trees) // size), processes)) as slices:
        for number, each in enumerate(slices):
            inputs.errors.update(dict.fromkeys(each.errors))
            inputs.missing.update(dict.fromkeys(each.missing))
            rulesets.notes += [note for note in each.notes if note not in rulesets.notes]
            for linted in each.linted:
                yield LintedConfig(linted.tree or trees[linted.number], None, *linted[2:])
            sharing.progress(min((number + 1) * size, len(trees)), len(trees))


def _handed_back(number: int, linted: LintedConfig, tree: Tree, sharing: Sharing) -> _HandedBack:
    return _HandedBack(
        number,
        None if linted.tree is tree else linted.tree,
        tuple(map(_without_intents, linted.findings)),
        linted.suppressed,
        linted.cut,
        linted.files,
        linted.notes,
        linted.report() if sharing.reports and (linted.findings or linted.suppressed) else None,
    )


def _without_intents(finding: Finding) -> Finding:
    """The finding without the lines that its fix changes, which stand in the whole config."""
    return finding._replace(fix=finding.fix._replace(intents=())) if finding.fix else finding
