"""Set options: from the requests of a user to a proven change."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.owners import owner_of_file
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import OverlayFileSystem
from sshkeep.edit.intents import SetGlobal, SetInBlock, SetInSession
from sshkeep.edit.request import SetMode, SetRequest, resolve_request
from sshkeep.edit.resolve_intents import edited_files, resolve_intents
from sshkeep.edit.template_edits import check_template_edits
from sshkeep.edit.trial_line import trial_line
from sshkeep.errors import SshkeepError
from sshkeep.fix.add_include import plan_add_include
from sshkeep.fix.change import Change, data_of
from sshkeep.fix.drop_in import drop_in_paths
from sshkeep.fix.own_place import EDIT_ANYWAY, in_own_place, owner_of_edits
from sshkeep.fix.proof.proof import Proof
from sshkeep.fix.proof.prove import intended_options, prove
from sshkeep.fix.side_effects import (
    as_if_block_applied,
    evaluate_for_no_block,
    implied_changes,
    new_second_pass,
    overruled_settings,
)
from sshkeep.idle.model.probe_spacing import DEFAULT_SPACING
from sshkeep.lint.checks.keepalive import INTERVAL_BY_KIND, interval_to_write, spacing_of
from sshkeep.named import NamedTuple
from sshkeep.trees.tree import Tree


class SetPlan(NamedTuple):
    """The changes and their proof. There are no changes where all options are set so already."""

    intents: tuple[SetGlobal | SetInBlock, ...]
    changes: tuple[Change, ...]
    proof: Proof
    implied: tuple[str, ...]
    old: Config
    config: Config
    """As it is after the change."""
    remarks: tuple[str, ...] = ()
    """What the user may not expect of the settings, though they take effect; a sentence each."""


def plan_set(tree: Tree, requests: Sequence[SetRequest], *, edit_managed: bool = False) -> SetPlan:
    """Plan all requests as one change; a new line goes into the drop-in that the user named, else into the
    top file.

    What another program writes is not touched unless ``edit_managed`` is set. Raises SshkeepError for what
    the target refuses, and for what can't be proven.
    """
    config = tree.load_editable()
    if tree.is_client_program:
        return _planned_in_sessions(tree, config, requests)
    if tree.fragment:
        raise SshkeepError(
            f"{tree.name} is a drop-in without its main file", "name the main file, or say --root"
        )
    includes = [request for request in requests if request.keyword.lower() == "include"]
    if includes:
        if len(requests) > 1:
            raise SshkeepError("Include does not go together with settings", "call sshkeep set for it alone")
        done = plan_add_include(tree, includes[0], config)
        owned = None if edit_managed else owner_of_file(tree.name, config)
        if done.changes and owned:
            raise SshkeepError(f"{tree.name}: {owned.sentence}", EDIT_ANYWAY)
        return SetPlan((done.intent,), done.changes, done.proof, (), config, done.config)
    into = min(tree.shown) if tree.shown else ""
    return _planned(tree, config, requests, into=into, edit_managed=edit_managed)


def plan_drop_in(
    tree: Tree, requests: Sequence[SetRequest], name: str = "", *, edit_managed: bool = False
) -> SetPlan:
    """As `plan_set`, but change one drop-in only: the one called ``name``, or one that takes effect.

    Raises SshkeepError where no drop-in can do it.
    """
    config = tree.load_editable()
    for request in requests:
        resolve_request(request, config)
    why = ""
    for path in drop_in_paths(tree, config, name):
        exists = path in config.files
        owned = None if edit_managed else owner_of_file(path, config)
        if owned:
            why = why or f"{path}: {owned.sentence}"
            continue
        with_drop_in = tree if exists else tree._replace(files=OverlayFileSystem(tree.files, {path: b""}))
        try:
            plan = _planned(
                with_drop_in, with_drop_in.load(), requests, into=path, only=True, edit_managed=True
            )
        except SshkeepError as error:
            why = why or error.sentence
            continue
        return plan if exists else plan._replace(changes=new_file(plan.changes, path))
    raise SshkeepError(
        f"a drop-in can't do this: {why}", "without --drop-in, sshkeep edits the line that wins"
    )


def new_file(changes: Sequence[Change], path: str) -> tuple[Change, ...]:
    """The changes, where the file ``path`` does not exist yet."""
    return tuple(change._replace(before=None) if change.path == path else change for change in changes)


def _planned(
    tree: Tree,
    config: Config,
    requests: Sequence[SetRequest],
    *,
    into: str,
    only: bool = False,
    edit_managed: bool,
) -> SetPlan:
    """Edit for one request after the other, and prove the result as a whole."""
    after: dict[str, bytes] = {}
    intents: list[SetGlobal | SetInBlock] = []
    remarks: list[str] = []
    new = config
    for request in requests:
        intent = resolve_request(request, new)._replace(into=into, only=only)
        intents.append(intent)
        edits = resolve_intents([intent], new)
        if new.is_template:
            check_template_edits(new.known[intent.keyword.lower()].option, new, edits)
        if not edit_managed and owner_of_edits(edits, new):
            place = in_own_place(intent, new, tree, after)
            edits = place.edits
            remarks += place.remarks
        if edits:
            after |= edited_files(new, edits)
            new = tree.load(after)
    proof = prove(config, new, intents, ())
    changes = tuple(Change(path, data_of(path, config), data) for path, data in after.items())
    implied = _implied(tree, config, new, intents, requests[0].mode)
    return SetPlan(
        tuple(intents), changes, proof, tuple(implied), config, new, (*remarks, *_doubled(intents, new))
    )


def _doubled(intents: Sequence[SetGlobal | SetInBlock], config: Config) -> tuple[str, ...]:
    """A sentence where the target's sshd probes at twice the interval, and the interval to set instead."""
    keyword = INTERVAL_BY_KIND[config.kind]
    remarks = []
    for intent in intents:
        if intent.keyword != keyword or not intent.values:
            continue
        value = trial_line(keyword, intent.values[0], config)[1].value
        if not isinstance(value, int) or spacing_of(value, config) == value:
            continue
        half = interval_to_write(value, config)
        long = spacing_of(value, config) > DEFAULT_SPACING
        offer = f"; {keyword} {half} makes it {spacing_of(half, config)} s" if long else ""
        remarks.append(
            f"sshd {config.target.release} probes only every second {keyword}: "
            f"a probe comes every {spacing_of(value, config)} s{offer}"
        )
    return tuple(remarks)


def _implied(
    tree: Tree, old: Config, new: Config, intents: Sequence[SetGlobal | SetInBlock], mode: SetMode
) -> list[str]:
    """What else changes; all requests of one call are for the same block."""
    before, after = old, new
    header = next((intent.header for intent in intents if isinstance(intent, SetInBlock)), "")
    if header:
        before, after = as_if_block_applied(header, old, tree), as_if_block_applied(header, new, tree)
    implied = list(implied_changes(before, after, intended_options(intents, old))) if new is not old else []
    implied += new_second_pass(old, new)
    if mode in ("set", "add"):
        found = evaluate_for_no_block(after)
        implied += [line for intent in intents for line in overruled_settings(intent, found, after)]
    return implied


def _planned_in_sessions(tree: Tree, config: Config, requests: Sequence[SetRequest]) -> SetPlan:
    """Set numbers in the saved sessions of another client program."""
    from sshkeep.edit.set_in_session import requested_settings

    after: dict[str, bytes] = {}
    wanted: list[SetInSession] = []
    shown: list[SetGlobal | SetInBlock] = []
    new = config
    for request in requests:
        intents = requested_settings(request, new)
        wanted += intents
        name, values = intents[0].name, (str(intents[0].value),)
        shown.append(SetInBlock(name, values, request.header) if request.header else SetGlobal(name, values))
        after |= edited_files(new, resolve_intents(intents, new))
        new = tree.load(after)
    proof = prove(config, new, wanted, ())
    changes = tuple(
        Change(path, data_of(path, config), data)
        for path, data in after.items()
        if data != data_of(path, config)
    )
    return SetPlan(tuple(shown), changes, proof, (), config, new)
