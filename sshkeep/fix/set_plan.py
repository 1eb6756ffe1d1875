"""Set one option: from the request of a user to a proven change."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.refusals import refused_lines
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import OverlayFileSystem
from sshkeep.edit.intents import SetGlobal, SetInBlock
from sshkeep.edit.request import SetRequest, resolve_request
from sshkeep.edit.resolve_intents import edited_files, resolve_intents
from sshkeep.edit.template_edits import check_template_edits
from sshkeep.errors import SshkeepError
from sshkeep.fix.add_include import plan_add_include
from sshkeep.fix.change import Change
from sshkeep.fix.drop_in import drop_in_paths
from sshkeep.fix.proof.proof import Proof
from sshkeep.fix.proof.prove import prove
from sshkeep.fix.side_effects import (
    as_if_block_applied,
    evaluate_for_no_block,
    implied_changes,
    new_second_pass,
    overruled_settings,
)
from sshkeep.named import NamedTuple
from sshkeep.trees.tree import Tree


class SetPlan(NamedTuple):
    """The changes and their proof. There are no changes where the option is set so already."""

    intent: SetGlobal | SetInBlock
    changes: tuple[Change, ...]
    proof: Proof
    implied: tuple[str, ...]
    old: Config
    config: Config
    """As it is after the change."""


def plan_set(tree: Tree, request: SetRequest) -> SetPlan:
    """Plan the request; a new line goes into the drop-in that the user named, else into the top file.

    Raises SshkeepError for what the target refuses, and for what can't be proven.
    """
    config = tree.load_editable()
    if tree.fragment:
        raise SshkeepError(
            f"{tree.name} is a drop-in without its main file", "name the main file, or say --root"
        )
    if request.keyword.lower() == "include":
        done = plan_add_include(tree, request, config)
        return SetPlan(done.intent, done.changes, done.proof, (), config, done.config)
    intent = resolve_request(request, config)
    into = min(tree.shown) if tree.shown else ""
    return _planned(tree, config, intent._replace(into=into), request)


def plan_drop_in(tree: Tree, request: SetRequest, name: str = "") -> SetPlan:
    """As `plan_set`, but change one drop-in only: the one called ``name``, or one that takes effect.

    Raises SshkeepError where no drop-in can do it.
    """
    config = tree.load_editable()
    intent = resolve_request(request, config)
    why = ""
    for path in drop_in_paths(tree, config, name):
        exists = path in config.files
        with_drop_in = tree if exists else tree._replace(files=OverlayFileSystem(tree.files, {path: b""}))
        try:
            plan = _planned(with_drop_in, with_drop_in.load(), intent._replace(into=path, only=True), request)
        except SshkeepError as error:
            why = why or error.sentence
            continue
        return plan if exists else plan._replace(changes=_as_new_file(plan.changes, path))
    raise SshkeepError(f"no drop-in can do it: {why}", "without --drop-in, sshkeep edits the line that wins")


def _as_new_file(changes: Sequence[Change], path: str) -> tuple[Change, ...]:
    return tuple(change._replace(before=None) if change.path == path else change for change in changes)


def _planned(tree: Tree, config: Config, intent: SetGlobal | SetInBlock, request: SetRequest) -> SetPlan:
    edits = resolve_intents([intent], config)
    if config.is_template:
        check_template_edits(config.known[intent.keyword.lower()].option, config, edits)
    after = edited_files(config, edits)
    new = tree.load(after) if edits else config
    proof = prove(config, new, [intent], edits)
    changes = tuple(Change(path, config.files[path].source.data, data) for path, data in after.items())
    old, seen = config, new
    if isinstance(intent, SetInBlock):
        old, seen = (
            as_if_block_applied(intent.header, config, tree),
            as_if_block_applied(intent.header, new, tree),
        )
    implied = implied_changes(old, seen, {config.known[intent.keyword.lower()].option}) if edits else []
    implied += new_second_pass(config, new)
    if request.mode in ("set", "add"):
        implied += overruled_settings(intent, evaluate_for_no_block(seen), seen)
    return SetPlan(intent, changes, proof, (*implied, *_still_refused(new)), config, new)


def _still_refused(config: Config) -> list[str]:
    """A sentence where the target refuses the tree, so that no setting takes effect yet."""
    refused = refused_lines(config)
    if not refused:
        return []
    first = refused[0]
    where = first.directive.where
    return [f"nothing takes effect as long as {where} is refused: {first.problem}"]
