"""Plan the fixes of one tree, in rounds until no fix is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sshkeep.config.crypto_policy import OPT_OUT, POLICY_WINS, lines_without_policy
from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit, LineMoves, TakenSpans
from sshkeep.edit.intents import Intent
from sshkeep.edit.resolve_intents import edited_files
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change, data_of
from sshkeep.fix.fix_places import FixPlaces
from sshkeep.fix.left_out import NOT_TRIED, LeftOut, identity, moved_to
from sshkeep.fix.original_places import OriginalPlaces
from sshkeep.fix.own_place import EDIT_ANYWAY
from sshkeep.fix.proof.proof import Proof
from sshkeep.fix.proof.prove import intended_options, prove, prove_rounds
from sshkeep.fix.side_effects import implied_changes
from sshkeep.lint.finding import Finding
from sshkeep.lint.rule import LoadedRule, RuleConfig
from sshkeep.lint.selection import Selection
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import CLIENT_TITLES
from sshkeep.trees.lint_tree import lint_tree
from sshkeep.trees.tree import Tree

MOST_FINDINGS = 100_000
"""Of one rule: each takes some kilobytes, with its fix, its edits and the diff."""
MAX_ROUNDS = 100
"""Settings that are missing at the same place are added one a round, and profiles require many."""


class FixedFinding(NamedTuple):
    """A fixed finding, where lint reports it before any fix.

    Its fix is for ``config``, that of its round: later rounds start from the fixes of earlier ones.
    """

    finding: Finding
    config: Config
    edits: tuple[Edit, ...]
    """What its fix changes."""

    def edits_for(self, intents: Sequence[Intent], config: Config) -> tuple[Edit, ...]:
        """The edits that were made, whatever the fix's intents come to without them."""
        return self.edits


class ChosenFix(NamedTuple):
    """A finding whose fix is to be made, the fix's edits, and sentences on lines that stay behind."""

    finding: Finding
    intents: tuple[Intent, ...]
    edits: tuple[Edit, ...]
    remarks: tuple[str, ...] = ()


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
    remarks: tuple[str, ...] = ()
    """On each line that stays behind, since another program writes it, or that has no effect."""

    @property
    def after(self) -> dict[str, bytes]:
        """The new content of the files that change."""
        return {change.path: change.after for change in self.changes if change.after is not None}


def plan_fixes(
    tree: Tree,
    rules: Sequence[LoadedRule],
    rule_configs: Mapping[str, RuleConfig],
    *,
    unsafe: bool,
    edit_managed: bool = False,
) -> FixPlan:
    """As `plan_selected`, for ``rules`` and their configuration."""
    return plan_selected(
        tree, Selection(tuple(rules), rule_configs=rule_configs), unsafe=unsafe, edit_managed=edit_managed
    )


def plan_selected(tree: Tree, selection: Selection, *, unsafe: bool, edit_managed: bool = False) -> FixPlan:
    """Plan round by round: apply the fixes that don't overlap, prove them together, and lint again.

    A fix that can't be proven is left out, and its finding is among those left. What another program writes
    is not touched unless ``edit_managed`` is set. Raises SshkeepError where a file can't be read.
    """
    rounds = _Rounds(tree, selection, tree.load_complete(), edit_managed)
    for _ in range(MAX_ROUNDS):
        wanted = [finding for finding in rounds.findings if _wanted(finding, tree, unsafe)]
        if not rounds.make(wanted):
            break
    else:
        rounds.left_out.everything(wanted, "it was not tried: the fixes don't come to an end")
    return rounds.plan()


def plan_chosen(tree: Tree, selection: Selection, chosen: Callable[[Finding], bool]) -> FixPlan:
    """Plan the fixes of the ``chosen`` findings alone, as `plan_selected` proves them; unsafe ones, too.

    There are no changes where they can't be proven. Raises SshkeepError where a file can't be read.
    """
    rounds = _Rounds(tree, selection, tree.load_complete(), edit_managed=False)
    rounds.make([finding for finding in rounds.findings if chosen(finding) and _wanted(finding, tree, True)])
    return rounds.plan()


class _Rounds:
    """The config after the rounds so far, and the fixes that are left out of it."""

    def __init__(self, tree: Tree, selection: Selection, config: Config, edit_managed: bool) -> None:
        self.tree = tree
        self.selection = selection
        self.old = self.config = config
        self.findings = self._lint(config)
        self.changed: dict[str, bytes] = {}
        self.fixed: list[FixedFinding] = []
        self.left_out = LeftOut(config.top)
        self.fix_places = FixPlaces(tree, edit_managed)
        self.remarks: dict[str, None] = {}
        self.places = OriginalPlaces(config)

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
            chosen = self._choose([f for f in wanted if f not in self.left_out])[:most]
            if not chosen:
                return False
            try:
                self._make(chosen)
            except SshkeepError as error:
                # Half of them at a time, until the one that fails is alone; the others wait.
                most = len(chosen) // 2 or len(wanted)
                if len(chosen) == 1:
                    self.left_out.add(chosen[0].finding, error.sentence)
                if self.left_out.full:
                    self.left_out.everything(wanted, NOT_TRIED)
                continue
            return True

    def _make(self, chosen: Sequence[ChosenFix]) -> None:
        """Raises SshkeepError if the fixes do not do exactly what they are for; then nothing is changed."""
        edits = list(dict.fromkeys(edit for each in chosen for edit in each.edits))
        changed = {**self.changed, **edited_files(self.config, edits)}
        fixed = self.tree.load_complete(changed)
        after = self._lint(fixed)
        _check_round(self.config, fixed, chosen, edits, after)
        self.fixed += [FixedFinding(self.places.of(each.finding), self.config, each.edits) for each in chosen]
        self.remarks |= dict.fromkeys(remark for each in chosen for remark in each.remarks)
        self.changed, self.config, self.findings = changed, fixed, after
        self.fix_places.changed = changed
        moved = LineMoves(edits)
        self.left_out.move(moved)
        self.places.add(moved, fixed)

    def _choose(self, findings: list[Finding]) -> list[ChosenFix]:
        """A fix is applied as a whole or waits for the next round; of two that overlap, the first is made.

        Findings with the very same fix are fixed together.
        """
        chosen: list[ChosenFix] = []
        taken = TakenSpans()
        applied: set[tuple[Edit, ...]] = set()
        for finding in findings:
            try:
                fix = self._resolved(finding)
            except SshkeepError as error:
                why = f"{error.sentence} ({error.hint})" if error.hint == EDIT_ANYWAY else error.sentence
                self.left_out.add(finding, why)
                continue
            if fix.edits in applied or taken.take(fix.edits):
                chosen.append(fix)
                applied.add(fix.edits)
        return chosen

    def _resolved(self, finding: Finding) -> ChosenFix:
        assert finding.fix
        return ChosenFix(finding, *self.fix_places.place(finding.fix.intents, self.config))

    def plan(self) -> FixPlan:
        left = [self.left_out.marked(finding) for finding in self.findings]
        plan = _planned(self.old, self.config, self.changed, self.fixed, left)
        return plan._replace(remarks=(*self.remarks, *self._without_effect()))

    def _without_effect(self) -> list[str]:
        """Settings that were made and do nothing, since the crypto policy wins."""
        made: set[str] = set()
        for each in self.fixed:
            made |= intended_options(each.finding.fix.intents if each.finding.fix else (), each.config)
        lines = [entry for option in sorted(made) for entry in lines_without_policy(option, self.config)]
        return [f"{entry.directive.where}: no effect, {POLICY_WINS}; {OPT_OUT}" for entry in lines]


def _planned(
    old: Config, new: Config, changed: Mapping[str, bytes], fixed: list[FixedFinding], left: list[Finding]
) -> FixPlan:
    names: set[str] = set()
    for finding, config, _ in fixed:
        names |= intended_options(finding.fix.intents if finding.fix else (), config)
    paths = [path for path in old.files if path in changed]
    paths += [path for path in changed if path not in old.files]  # drop-ins that are made
    changes = [Change(path, data_of(path, old), changed[path]) for path in paths]
    implied = implied_changes(old, new, names) if changes and old.kind not in CLIENT_TITLES else []
    proof = prove_rounds(old, new, names)
    return FixPlan(tuple(changes), tuple(fixed), tuple(left), proof, tuple(implied), old, new)


def _wanted(finding: Finding, tree: Tree, unsafe: bool) -> bool:
    return (
        finding.fix is not None
        and (unsafe or finding.fix.safety == "safe")
        and tree.shows(finding.source.path)
    )


def _check_round(
    old: Config, new: Config, made: Sequence[ChosenFix], edits: Sequence[Edit], after: Sequence[Finding]
) -> Proof:
    """Raises SshkeepError where one of the fixes ``made`` does not do exactly what it is for.

    ``edits`` led from ``old`` to ``new``, in which the rules find ``after``.
    """
    intents = [intent for each in made for intent in each.intents]
    _check_gone([each.finding for each in made], edits, after)
    return prove(old, new, intents, edits)


def _check_gone(made: Sequence[Finding], edits: Sequence[Edit], after: Sequence[Finding]) -> None:
    """No fixed finding is reported for the same line again; new ones of other lines are allowed."""
    still = {identity(finding) for finding in after}
    moved = LineMoves(edits)
    for finding in made:
        if moved_to(identity(finding), moved) in still:
            raise SshkeepError(f"{finding.source.path}: the fix of {finding.rule} does not fix it")
