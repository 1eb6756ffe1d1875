"""``set --add Include``: an Include for everyone that is read before all other lines."""

from __future__ import annotations

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import apply_edits
from sshkeep.edit.insertion_point import insert_global
from sshkeep.edit.intents import SetGlobal
from sshkeep.edit.request import SetRequest
from sshkeep.edit.trial_line import settable_keyword, trial_line
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.proof.proof import Proof
from sshkeep.fix.proof.refusals import check_refusals
from sshkeep.fix.proof.unchanged import same_lines
from sshkeep.named import NamedTuple
from sshkeep.openssh.quoting import quote_arguments
from sshkeep.trees.tree import Tree


class AddIncludePlan(NamedTuple):
    """The change, the config after it, and its proof. No changes where the file is included already."""

    intent: SetGlobal
    changes: tuple[Change, ...]
    config: Config
    proof: Proof


def plan_add_include(tree: Tree, request: SetRequest, config: Config) -> AddIncludePlan:
    """Put the Include at the top of the top file, where its lines are for everyone and win.

    Raises SshkeepError for modes other than ``add``, and where the target refuses the changed tree.
    """
    if request.mode != "add" or request.header:
        raise SshkeepError("Include is not a setting", "--add Include NAME puts one above all blocks")
    line = quote_arguments(request.values, settable_keyword("Include", config), config.kind, config.target)
    entry, parsed = trial_line("Include", line, config)
    if parsed.problem:
        raise SshkeepError(f"{config.target.name} refuses Include {line}: {parsed.problem}")
    intent = SetGlobal("Include", (line,))
    if any(_includes(present, entry) for present in config.lines("include")):
        return AddIncludePlan(intent, (), config, Proof(len(config.entries), (), ()))
    edit = insert_global("Include", (line,), config)
    before = config.files[edit.path].source.data
    after = apply_edits(before, [edit])
    new = tree.load_complete({edit.path: after})
    return AddIncludePlan(intent, (Change(edit.path, before, after),), new, _proof(config, new))


def _includes(present: Entry, wanted: Entry) -> bool:
    """Whether an Include outside of blocks names all that the wanted one does."""
    if present.block is not None:
        return False
    names = {word.text for word in present.directive.words("words")}
    return {word.text for word in wanted.directive.words("words")} <= names


def _proof(old: Config, new: Config) -> Proof:
    """The new line is read first, so the included lines come before all others."""
    included = len(new.entries) - len(old.entries) - 1
    if not same_lines(old.entries, new.entries[included + 1 :], old, new):
        raise SshkeepError(
            f"{old.top}: the Include would change what other lines there are", "nothing was written"
        )
    check_refusals(old, new)
    return Proof(len(old.entries), (), (), included)
