"""Plan the format of configs: white space alone."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.api.changes import Changes
from sshkeep.api.inputs import Inputs
from sshkeep.api.rulesets import Rulesets
from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.format_plan import FormatPlan, plan_format
from sshkeep.named import NamedTuple
from sshkeep.trees.tree import Tree


class FormatResult(NamedTuple):
    """The planned changes of white space, tree by tree.

    ``errors``: what could not be done, a sentence each. ``missing``: Includes for which nothing was found.
    """

    plans: tuple[tuple[Tree, FormatPlan], ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each file that changes: path, old and new content."""
        return tuple(change for _, plan in self.plans for change in plan.changes)

    @property
    def planned(self) -> Changes:
        """All changes, to be written together or not at all."""
        return Changes(self.plans, "format")


def format_trees(trees: Iterable[Tree], inputs: Inputs, rulesets: Rulesets) -> FormatResult:
    """Plan the format of ``trees``, which ``inputs`` found, for the targets of ``rulesets``."""
    plans: list[tuple[Tree, FormatPlan]] = []
    for tree in trees:
        try:
            tree = rulesets.for_target(tree)
            plan = plan_format(tree)
        except (OSError, UnreadableFile, SshkeepError) as error:
            inputs.fail(*describe_read_error(tree.name, error))
            continue
        inputs.missing.update(dict.fromkeys(plan.config.not_found))
        plans.append((tree, plan))
    notes = [*rulesets.notes, *(line for _, plan in plans for line in plan.left_alone)]
    return FormatResult(tuple(plans), tuple(inputs.errors), tuple(notes), tuple(inputs.missing))
