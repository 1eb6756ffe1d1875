"""Plan the fixes of one tree, in rounds until no fix is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit, LineMoves, TakenSpans
from sshkeep.edit.resolve_intents import edited_files, resolve_intents
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.left_out import NOT_TRIED, LeftOut, identity, moved_to
from sshkeep.fix.proof.proof import Proof
from sshkeep.fix.proof.prove import intended_options, prove, prove_rounds
from sshkeep.fix.side_effects import implied_changes
from sshkeep.lint.finding import Finding
from sshkeep.lint.rule import LoadedRule, RuleConfig
from sshkeep.lint.selection import Selection
from sshkeep.named import NamedTuple
from sshkeep.trees.lint_tree import lint_tree
from sshkeep.trees.tree import Tree

MOST_FINDINGS = 100_000
"""Of one rule: each takes some kilobytes, with its fix, its edits and the diff."""
MAX_ROUNDS = 100
"""Settings that are missing at the same place are added one a round, and profiles require many."""


class FixedFinding(NamedTuple):
    """A fixed finding, and the config of its round: later rounds start from the fixes of earlier ones."""

    finding: Finding
    config: Config
    paths: tuple[str, ...]
    """The files that its fix changes."""


ChosenFix = tuple[Finding, tuple[Edit, ...]]
"""A finding whose fix is to be made, and the fix's edits."""


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

    A fix that can't be proven is left out, and its finding is among those left. Raises SshkeepError where a
    file can't be read.
    """
    rounds = _Rounds(tree, selection, tree.load_complete())
    for _ in range(MAX_ROUNDS):
        wanted = [finding for finding in rounds.findings if _wanted(finding, tree, unsafe)]
        if not rounds.make(wanted):
            break
    else:
        rounds.left_out.everything(wanted, "it was not tried: the fixes don't come to an end")
    return rounds.plan()


class _Rounds:
    """The config after the rounds so far, and the fixes that are left out of it."""

    def __init__(self, tree: Tree, selection: Selection, config: Config) -> None:
        self.tree = tree
        self.selection = selection
        self.old = self.config = config
        self.findings = self._lint(config)
        self.changed: dict[str, bytes] = {}
        self.fixed: list[FixedFinding] = []
        self.left_out = LeftOut(config.top)

    def _lint(self, config: Config) -> tuple[Finding, ...]:
        """All findings. Raises SshkeepError for more of one rule than can be fixed at once."""
        outcome = lint_tree(self.tree, config, self.selection, MOST_FINDINGS)
        if outcome.cut:
            raise SshkeepError(
                f"{config.top}: {outcome.cut[0]} has more than {MOST_FINDINGS:,} findings",
                "sshkeep fixes no more of one rule at once",
            )
        return outcome.findings

    def make(self, wanted: Sequence[Finding]) -> bool:
        """Make as many of the fixes as can be proven together; False if there is none."""
        most = len(wanted)
        while True:
            chosen = _choose([f for f in wanted if f not in self.left_out], self.config, self.left_out)[:most]
            if not chosen:
                return False
            try:
                self._make(chosen)
            except SshkeepError as error:
                # Half of them at a time, until the one that fails is alone; the others wait.
                most = len(chosen) // 2 or len(wanted)
                if len(chosen) == 1:
                    self.left_out.add(chosen[0][0], error.sentence)
                if self.left_out.full:
                    self.left_out.everything(wanted, NOT_TRIED)
                continue
            return True

    def _make(self, chosen: Sequence[ChosenFix]) -> None:
        """Raises SshkeepError if the fixes do not do exactly what they are for; then nothing is changed."""
        edits = [edit for _, its in chosen for edit in its]
        changed = {**self.changed, **edited_files(self.config, edits)}
        fixed = self.tree.load_complete(changed)
        after = self._lint(fixed)
        _check_round(self.config, fixed, [finding for finding, _ in chosen], edits, after)
        self.fixed += [
            FixedFinding(each, self.config, tuple(edit.path for edit in its)) for each, its in chosen
        ]
        self.changed, self.config, self.findings = changed, fixed, after
        self.left_out.move(LineMoves(edits))

    def plan(self) -> FixPlan:
        left = [self.left_out.marked(finding) for finding in self.findings]
        return _planned(self.old, self.config, self.changed, self.fixed, left)


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


def _choose(findings: list[Finding], config: Config, left_out: LeftOut) -> list[ChosenFix]:
    """A fix is applied as a whole or waits for the next round; of two that overlap, the first is applied."""
    chosen: list[ChosenFix] = []
    taken = TakenSpans()
    for finding in findings:
        assert finding.fix
        try:
            edits = resolve_intents(finding.fix.intents, config)
        except SshkeepError as error:
            left_out.add(finding, error.sentence)
            continue
        if taken.take(edits):
            chosen.append((finding, edits))
    return chosen


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
    still = {identity(finding) for finding in after}
    moved = LineMoves(edits)
    for finding in made:
        if moved_to(identity(finding), moved) in still:
            raise SshkeepError(f"{finding.source.path}: the fix of {finding.rule} does not mend it")
