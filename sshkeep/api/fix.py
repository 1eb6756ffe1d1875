"""Plan the fixes of configs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sshkeep.api.changes import NOT_APPLIED, Applied, Changes
from sshkeep.api.inputs import Contents, FilesInMemory, Inputs, PathLike, Paths, as_text
from sshkeep.api.rulesets import Rulesets, policy_for_call
from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.plan import FixedFinding, FixPlan, plan_selected
from sshkeep.lint.finding import Finding
from sshkeep.lint.selection import Layer
from sshkeep.named import NamedTuple
from sshkeep.reload.after_write import reload_options
from sshkeep.trees.lint_tree import UNTOUCHED
from sshkeep.trees.search import Search, SearchOptions
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:
    from sshkeep.output.json_reports.models import FixReport


class FixResult(NamedTuple):
    """The planned fixes of a call, tree by tree; `write` writes them.

    ``errors``: what could not be done, a sentence each. ``missing``: Includes for which nothing was found.
    The JSON report is `report`.
    """

    plans: tuple[tuple[Tree, FixPlan], ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each file that changes: path, old and new content."""
        return tuple(change for _, plan in self.plans for change in plan.changes)

    @property
    def fixed(self) -> tuple[FixedFinding, ...]:
        """The findings that the changes fix."""
        return tuple(each for _, plan in self.plans for each in plan.fixed)

    @property
    def left(self) -> tuple[Finding, ...]:
        """The findings that are left."""
        return tuple(finding for _, plan in self.plans for finding in plan.left)

    @property
    def planned(self) -> Changes:
        """All changes, to be written together or not at all."""
        reasons = [
            f"{each.finding.rule}: {each.finding.fix.title}" for each in self.fixed if each.finding.fix
        ]
        return Changes(self.plans, "fix", reasons)

    def write(self, *, reload: bool = False, confirm: int | None = None) -> Applied:
        """Write the files, if the installed OpenSSH does not refuse them; ``sshkeep undo`` takes it back.

        With ``reload``, sshd reads them; with ``confirm``, on trial for so many seconds. Raises SshkeepError.
        """
        return self.planned.write(reload_options(reload, confirm, write=True))

    def report(self, applied: Applied = NOT_APPLIED, exit_code: int = 0) -> FixReport:
        """The result as plain data, with what became of it."""
        from sshkeep.fix.fix_places import FixPlaces
        from sshkeep.output.fix import unproven
        from sshkeep.output.json_reports import models
        from sshkeep.output.json_reports.changes import applied_model, changed_files
        from sshkeep.output.json_reports.findings import finding_model
        from sshkeep.output.proof_text import proof_sentences
        from sshkeep.syntax.source import clean

        unproven_fixes = [line for _, plan in self.plans for line in unproven(plan)]
        remarks = [line for _, plan in self.plans for line in plan.remarks]
        changing = [plan for _, plan in self.plans if plan.changes]
        failures: list[str] = []
        fixed = [
            finding_model(each.finding, each.config, failures.append, each.edits_for) for each in self.fixed
        ]
        left = [
            finding_model(finding, plan.config, failures.append, places.edits)
            for tree, plan in self.plans
            for places in (FixPlaces(tree, changed=plan.after),)
            for finding in plan.left
        ]
        return models.FixReport(
            target=", ".join(dict.fromkeys(tree.target.name for tree, _ in self.plans)),
            changed=bool(self.changes),
            files=changed_files(self.changes),
            fixed=fixed,
            findings=left,
            proven=[clean(line) for plan in changing for line in proof_sentences(plan.proof, plan.implied)],
            errors=[clean(error) for error in (*self.errors, *applied.errors, *failures)],
            exit_code=exit_code,
            **applied_model(applied.record, (*remarks, *unproven_fixes, *applied.notes)),
        )


def fix(
    paths: Paths = (),
    *,
    files: FilesInMemory | None = None,
    unsaved: Contents | None = None,
    unsafe: bool = False,
    edit_managed: bool = False,
    kind: str | None = None,
    target: str = "auto",
    root: PathLike | None = None,
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    policy: PathLike | None = None,
    rules: PathLike | None = None,
    search: SearchOptions = SearchOptions(),  # noqa: B008, never changed
) -> FixResult:
    """Plan the fixes of the configs at ``paths``; nothing is written before `FixResult.write`.

    The arguments are those of `sshkeep.lint`; ``unsafe`` plans the unsafe fixes, too. ``edit_managed``: also
    edit lines that another program writes, where without it a setting is made in the admin's own place.
    """
    layer = Layer(tuple(select), tuple(extend_select), tuple(ignore), alone=True)
    rulesets = Rulesets(policy_for_call(policy, files), target, as_text(rules), layer)
    inputs = Inputs(kind, target, root, files, unsaved, search=Search(search, rulesets.excludes))
    return fix_trees(inputs.trees(paths), inputs, rulesets, unsafe=unsafe, edit_managed=edit_managed)


def fix_trees(
    trees: Iterable[Tree], inputs: Inputs, rulesets: Rulesets, *, unsafe: bool, edit_managed: bool = False
) -> FixResult:
    """Plan the fixes of ``trees``, which ``inputs`` found, by ``rulesets``."""
    plans = tuple(found for tree in trees for found in _plan(tree, inputs, rulesets, unsafe, edit_managed))
    return FixResult(plans, tuple(inputs.errors), tuple(rulesets.notes), tuple(inputs.missing))


def _plan(
    tree: Tree, inputs: Inputs, rulesets: Rulesets, unsafe: bool, edit_managed: bool
) -> list[tuple[Tree, FixPlan]]:
    try:
        selection = rulesets.ruleset(tree).selection
        tree = rulesets.for_target(tree)
        plan = plan_selected(tree, selection, unsafe=unsafe, edit_managed=edit_managed)
    except (OSError, UnreadableFile, SshkeepError) as error:
        inputs.fail(*describe_read_error(tree.name, error))
        return []
    inputs.missing.update(dict.fromkeys(plan.config.not_found))
    rulesets.notes += [f"{path}: {UNTOUCHED}" for path, file in plan.old.files.items() if file.language]
    return [(tree, plan._replace(left=tuple(f for f in plan.left if tree.shows(f.source.path))))]
