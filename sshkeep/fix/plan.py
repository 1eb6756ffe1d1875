"""Plan the fixes of one tree, in rounds until no fix is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit, LineMoves, TakenSpans
from sshkeep.edit.resolve_intents import edited_files, resolve_intents
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.proof.prove import Proof, intended_options, prove, prove_rounds
from sshkeep.fix.side_effects import implied_changes
from sshkeep.lint.finding import Finding
from sshkeep.lint.rule import LoadedRule, RuleConfig
from sshkeep.lint.runner import lint_config
from sshkeep.lint.selection import Selection
from sshkeep.named import NamedTuple
from sshkeep.trees.tree import Tree

MAX_ROUNDS = 100
"""Settings that are missing at the same place are added one a round, and profiles require many."""


class FixedFinding(NamedTuple):
    """A fixed finding, and the config of its round: later rounds start from the fixes of earlier ones."""

    finding: Finding
    config: Config
    paths: tuple[str, ...]
    """The files that its fix changes."""


class FixPlan(NamedTuple):
    """The changes, the findings that they fix, and the proof.

    ``left`` are the findings of the tree after all fixes.
    """

    changes: tuple[Change, ...]
    fixed: tuple[FixedFinding, ...]
    left: tuple[Finding, ...]
    proof: Proof
    implied: tuple[str, ...]
    old: Config
    config: Config
    """As it is after all fixes."""

    @property
    def after(self) -> dict[str, bytes]:
        """The new content of the files that change."""
        return {change.path: change.after for change in self.changes if change.after is not None}


def plan_fixes(
    tree: Tree, rules: Sequence[LoadedRule], rule_configs: Mapping[str, RuleConfig], *, unsafe: bool
) -> FixPlan:
    """As `plan_selected`, for ``rules`` and their configuration."""
    return plan_selected(tree, Selection(tuple(rules), rule_configs=rule_configs), unsafe=unsafe)


def plan_selected(tree: Tree, selection: Selection, *, unsafe: bool) -> FixPlan:
    """Plan round by round: apply the fixes that don't overlap, prove them together, and lint again.

    Raises SshkeepError where a file can't be read, or a fix does not do what it is for.
    """
    old = config = tree.load_complete()
    changed: dict[str, bytes] = {}
    fixed: list[FixedFinding] = []
    for _ in range(MAX_ROUNDS):
        findings = list(lint_config(config, selection).findings)
        chosen = _choose([f for f in findings if _wanted(f, tree, unsafe)], config)
        if not chosen:
            return _planned(old, config, changed, fixed, findings)
        edits = [edit for _, its in chosen for edit in its]
        changed.update(edited_files(config, edits))
        new = tree.load(changed)
        after = lint_config(new, selection).findings
        _check_round(config, new, [finding for finding, _ in chosen], edits, after)
        fixed += [FixedFinding(finding, config, tuple(edit.path for edit in its)) for finding, its in chosen]
        config = new
    raise SshkeepError(
        f"{tree.name}: the fixes don't come to an end", "this is a bug of sshkeep; nothing was written"
    )


def _check_round(
    old: Config, new: Config, made: Sequence[Finding], edits: Sequence[Edit], after: Sequence[Finding]
) -> Proof:
    """Raises SshkeepError where a fix of the findings ``made`` does not do exactly what it is for.

    ``edits`` led from ``old`` to ``new``, in which the rules find ``after``.
    """
    intents = [intent for finding in made for intent in (finding.fix.intents if finding.fix else ())]
    _check_gone(made, edits, after)
    return prove(old, new, intents, edits)


def _check_gone(made: Sequence[Finding], edits: Sequence[Edit], after: Sequence[Finding]) -> None:
    """No fixed finding is reported for the same line again; new ones of other lines are allowed."""
    still = {(*_key(finding), _line_start(finding)) for finding in after}
    moved = LineMoves(edits)
    for finding in made:
        path = finding.source.path
        if (*_key(finding), moved.to(path, _line_start(finding))) in still:
            raise SshkeepError(
                f"{path}: the fix of {finding.rule} does not mend it",
                "this is a bug of sshkeep; nothing was written",
            )


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.source.path, finding.keyword, finding.block


def _line_start(finding: Finding) -> int:
    line, _ = finding.source.position(finding.span.start)
    return finding.source.start(line - 1)


def _planned(
    old: Config, new: Config, changed: Mapping[str, bytes], fixed: list[FixedFinding], left: list[Finding]
) -> FixPlan:
    names: set[str] = set()
    for finding, config, _ in fixed:
        names |= intended_options(finding.fix.intents if finding.fix else (), config)
    changes = [
        Change(path, file.source.data, changed[path]) for path, file in old.files.items() if path in changed
    ]
    implied = implied_changes(old, new, names) if changes else []
    proof = prove_rounds(old, new, names)
    return FixPlan(tuple(changes), tuple(fixed), tuple(left), proof, tuple(implied), old, new)


def _wanted(finding: Finding, tree: Tree, unsafe: bool) -> bool:
    return (
        finding.fix is not None
        and (unsafe or finding.fix.safety == "safe")
        and tree.shows(finding.source.path)
    )


def _choose(findings: list[Finding], config: Config) -> list[tuple[Finding, tuple[Edit, ...]]]:
    """A fix is applied as a whole or waits for the next round; of two that overlap, the first is applied."""
    chosen: list[tuple[Finding, tuple[Edit, ...]]] = []
    taken = TakenSpans()
    for finding in findings:
        assert finding.fix
        edits = resolve_intents(finding.fix.intents, config)
        if taken.take(edits):
            chosen.append((finding, edits))
    return chosen
