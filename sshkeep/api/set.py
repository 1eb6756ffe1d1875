"""Plan one setting."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sshkeep.api.changes import NOT_APPLIED, Applied, Changes
from sshkeep.api.inputs import Contents, Inputs, PathLike
from sshkeep.api.rulesets import Rulesets, policy_for_call
from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error, missing_file_hint
from sshkeep.edit.request import SetMode, SetRequest
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.set_plan import SetPlan, plan_drop_in, plan_set
from sshkeep.named import NamedTuple
from sshkeep.reload.after_write import reload_options
from sshkeep.trees.discover import tree_for
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:
    from sshkeep.output.json_reports.models import SetReport


class SetResult(NamedTuple):
    """One setting, planned; `write` writes it. No ``changes`` if all is as asked already.

    ``missing``: Includes for which nothing was found. The JSON report is `report`.
    """

    tree: Tree
    plan: SetPlan
    request: SetRequest
    notes: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each file that changes: path, old and new content."""
        return self.plan.changes

    @property
    def missing(self) -> tuple[str, ...]:
        """Includes for which nothing was found."""
        return tuple(self.plan.config.not_found)

    @property
    def planned(self) -> Changes:
        """The changes, to be written together or not at all."""
        return Changes([(self.tree, self.plan)], _command(self.request))

    def write(self, *, reload: bool = False, confirm: int | None = None) -> Applied:
        """Write the files, if the installed OpenSSH does not refuse them; ``sshkeep undo`` takes it back.

        With ``reload``, sshd reads them; with ``confirm``, on trial for so many seconds. Raises SshkeepError.
        """
        return self.planned.write(reload_options(reload, confirm, write=True))

    def report(self, applied: Applied = NOT_APPLIED, exit_code: int = 0) -> SetReport:
        """The result as plain data, with what became of it."""
        from sshkeep.output.json_reports import models
        from sshkeep.output.json_reports.changes import applied_model, changed_files
        from sshkeep.output.proof_text import proof_sentences
        from sshkeep.syntax.source import clean

        plan = self.plan
        return models.SetReport(
            target=plan.config.target.name,
            keyword=plan.intent.keyword,
            values=[clean(value) for value in plan.intent.values],
            block=clean(self.request.header),
            changed=bool(plan.changes),
            files=changed_files(plan.changes),
            proven=[clean(line) for line in proof_sentences(plan.proof, plan.implied)],
            errors=[clean(error) for error in applied.errors],
            exit_code=exit_code,
            **applied_model(applied.record, applied.notes),
        )


def set(
    path: PathLike,
    keyword: str,
    *values: str,
    mode: SetMode = "set",
    block: str = "",
    drop_in: bool = False,
    drop_in_name: str = "",
    files: Contents | None = None,
    unsaved: Contents | None = None,
    kind: str | None = None,
    target: str = "auto",
    root: PathLike | None = None,
    policy: PathLike | None = None,
) -> SetResult:
    """Plan to make one setting take effect; nothing is written before `SetResult.write`.

    ``block`` is the line of a Host or Match block (``Match User bob``), else the setting is for everyone.
    ``mode``: ``set``, ``unset``, ``add`` to a list or ``remove`` from it. With ``drop_in`` all that changes
    is one drop-in, called ``drop_in_name`` or so that it wins. ``files``, ``unsaved``: as in `sshkeep.lint`.
    Raises SshkeepError for what the target would refuse, and for what can't be proven.
    """
    inputs = Inputs(kind, target, root, files, unsaved)
    rulesets = Rulesets(policy_for_call(policy, files), target)
    request = SetRequest(keyword, values, mode, block)
    tree = rulesets.for_target(_tree(os.fspath(path), inputs))
    plan = plan_drop_in(tree, request, drop_in_name) if drop_in or drop_in_name else plan_set(tree, request)
    return SetResult(tree, plan, request, tuple(rulesets.notes))


def _tree(path: str, inputs: Inputs) -> Tree:
    if not inputs.request.in_memory:
        if path == "-" or os.path.isdir(path):
            raise SshkeepError(f"{path} is no file that could be edited", "the last word names the config")
        if not os.path.lexists(path):
            hint = missing_file_hint(path) or "the last word names the config"
            raise SshkeepError(f"{path}: no such file", hint)
    try:
        return tree_for(path, inputs.request)
    except (OSError, UnreadableFile) as error:
        raise SshkeepError(*describe_read_error(path, error)) from None


def _command(request: SetRequest) -> str:
    """The command, for the record."""
    mode = [] if request.mode == "set" else [f"--{request.mode}"]
    inside = ["--in", repr(request.header)] if request.header else []
    return " ".join(["set", *mode, *inside, request.keyword, *request.values])
