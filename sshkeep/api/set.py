"""Plan settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from sshkeep.api.changes import NOT_APPLIED, Applied, Changes
from sshkeep.api.inputs import Contents, FilesInMemory, Inputs, PathLike
from sshkeep.api.rulesets import Rulesets, policy_for_call
from sshkeep.config.tree.file_system import (
    OverlayFileSystem,
    UnreadableFile,
    describe_read_error,
    missing_file_hint,
)
from sshkeep.edit.request import SetMode, SetRequest
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.set_plan import SetPlan, new_file, plan_drop_in, plan_set
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import CLIENT_TITLES, Kind
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.reload.after_write import reload_options
from sshkeep.trees.discover import any_tree_for
from sshkeep.trees.other_machine import MachineFiles
from sshkeep.trees.this_machine import is_missing_user_config, own_file_for
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:
    from sshkeep.output.json_reports.models import SetReport


class SetResult(NamedTuple):
    """Settings, planned; `write` writes them. No ``changes`` if all is as asked already.

    ``missing``: Includes for which nothing was found. The JSON report is `report`.
    """

    tree: Tree
    plan: SetPlan
    requests: tuple[SetRequest, ...]
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
        return Changes([(self.tree, self.plan)], _command(self.requests))

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
        settings = [
            models.SetSetting(intent.keyword, [clean(value) for value in intent.values])
            for intent in plan.intents
        ]
        return models.SetReport(
            target=plan.config.target.name,
            keyword=settings[0].keyword,
            values=settings[0].values,
            settings=settings,
            block=clean(self.requests[0].header),
            changed=bool(plan.changes),
            files=changed_files(plan.changes),
            proven=[clean(line) for line in proof_sentences(plan.proof, plan.implied)],
            errors=[clean(error) for error in applied.errors],
            exit_code=exit_code,
            **applied_model(applied.record, (*plan.remarks, *applied.notes)),
        )


def set(
    path: PathLike | None,
    setting: str | Mapping[str, str | Sequence[str]],
    *values: str,
    mode: SetMode = "set",
    block: str = "",
    drop_in: bool = False,
    drop_in_name: str = "",
    edit_managed: bool = False,
    files: FilesInMemory | None = None,
    unsaved: Contents | None = None,
    kind: str | None = None,
    target: str = "auto",
    root: PathLike | None = None,
    policy: PathLike | None = None,
) -> SetResult:
    """Plan to make settings take effect; nothing is written before `SetResult.write`.

    ``setting`` is a keyword, with its ``values`` behind it, or several keywords with a value or values each:
    they are proven and written together. Without ``path`` it is this machine's file of their language;
    ``~/.ssh/config`` is created where it is missing.
    ``block`` is the line of a Host or Match block (``Match User bob``), or in settings of PuTTY the name of
    a session; else the settings are for everyone.
    ``mode``: ``set``, ``unset``, ``add`` to a list or ``remove`` from it. With ``drop_in`` all that changes
    is one drop-in, called ``drop_in_name`` or so that it wins. ``edit_managed``: as in `sshkeep.fix`.
    ``files``, ``unsaved``: as in `sshkeep.lint`.
    Raises SshkeepError for what the target would refuse, and for what can't be proven.
    """
    requests = _requests(setting, values, mode, block)
    if path is None and (files is not None or root is not None):
        raise SshkeepError("the file is not named", "only this machine's own file needs no name")
    name = os.fspath(own_file_for(_language(requests, kind)) if path is None else path)
    inputs = Inputs(kind, target, root, files, unsaved)
    rulesets = Rulesets(policy_for_call(policy, files), target)
    new = _is_missing_user_config(name, inputs)
    try:
        tree = rulesets.for_target(_tree(name, inputs, new=new))
        if drop_in or drop_in_name:
            if tree.is_client_program:
                raise SshkeepError(f"{tree.name} has no drop-ins", "leave --drop-in out")
            plan = plan_drop_in(tree, requests, drop_in_name, edit_managed=edit_managed)
        else:
            plan = plan_set(tree, requests, edit_managed=edit_managed)
    except (OSError, UnreadableFile) as error:
        raise SshkeepError(*describe_read_error(name, error)) from None
    if new:
        plan = plan._replace(changes=new_file(plan.changes, name))
    return SetResult(tree, plan, requests, tuple(rulesets.notes))


def _is_missing_user_config(name: str, inputs: Inputs) -> bool:
    if inputs.request.machine:
        return name == f"{inputs.request.home}/.ssh/config" and not inputs.request.files.is_file(name)
    return not inputs.request.in_memory and is_missing_user_config(name)


def _requests(
    setting: str | Mapping[str, str | Sequence[str]], values: tuple[str, ...], mode: SetMode, block: str
) -> tuple[SetRequest, ...]:
    if isinstance(setting, str):
        return (SetRequest(setting, values, mode, block),)
    if values or not setting:
        raise SshkeepError("the settings are empty, or have values", "name keywords with values")
    each = {key: (value,) if isinstance(value, str) else tuple(value) for key, value in setting.items()}
    return tuple(SetRequest(keyword, found, mode, block) for keyword, found in each.items())


def _language(requests: Sequence[SetRequest], kind: str | None) -> Kind:
    """The language in which all keywords are known. Raises SshkeepError for none, and for both."""
    if requests[0].header.lower().startswith("host"):
        kind = kind or "ssh_config"
    known: list[Kind] = [
        each
        for each in get_args(Kind)
        if each not in CLIENT_TITLES
        and kind in (None, each)
        and all(request.keyword.lower() in known_names(each) for request in requests)
    ]
    keywords = " and ".join(request.keyword for request in requests)
    if len(known) > 1:
        raise SshkeepError(
            f"sshd_config and ssh_config both know {keywords}",
            "say which with --kind sshd_config or --kind ssh_config, or name the file",
        )
    if not known:
        raise SshkeepError(
            f"{kind} has no {keywords}" if kind else f"neither sshd_config nor ssh_config has {keywords}",
            "sshkeep explain KEYWORD says which has it",
        )
    return known[0]


def _tree(path: str, inputs: Inputs, *, new: bool) -> Tree:
    options = inputs.request
    if new:
        empty = {path: b""}
        machine = options.machine
        files = MachineFiles(machine, empty) if machine else OverlayFileSystem(options.files, empty)
        options = options._replace(files=files)
    elif not options.in_memory:
        if path == "-" or os.path.isdir(path):
            raise SshkeepError(
                f"{path} is not a file that sshkeep can edit", "the last word names the config"
            )
        if not (options.files.is_file(path) or os.path.lexists(path)):
            hint = missing_file_hint(path) or "the last word names the config"
            raise SshkeepError(f"{path}: no such file", hint)
    return any_tree_for(path, options)


def _command(requests: Sequence[SetRequest]) -> str:
    """The command, for the record."""
    mode = [] if requests[0].mode == "set" else [f"--{requests[0].mode}"]
    inside = ["--in", repr(requests[0].header)] if requests[0].header else []
    if len(requests) == 1:
        words = [requests[0].keyword, *requests[0].values]
    else:
        words = [f"{request.keyword}={' '.join(request.values)}" for request in requests]
    return " ".join(["set", *mode, *inside, *words])
