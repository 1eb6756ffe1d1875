"""``set --add Include``: more lines for everyone, read before all that is there."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import apply_edits
from sshkeep.edit.insertion_point import insert_global
from sshkeep.edit.intents import SetGlobal
from sshkeep.edit.request import SetRequest
from sshkeep.edit.trial_line import trial_line
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.proof.prove import Proof
from sshkeep.fix.proof.refusals import check_refusals
from sshkeep.fix.proof.unchanged import same_lines
from sshkeep.openssh.quoting import quote_arguments
from sshkeep.trees.tree import Tree


class AddIncludePlan(NamedTuple):
    """The change, the config behind it, and what was proven; no changes where it is included already."""

    intent: SetGlobal
    changes: tuple[Change, ...]
    config: Config
    proof: Proof


def plan_add_include(tree: Tree, request: SetRequest, config: Config) -> AddIncludePlan:
    """The Include on top of the top file, where what it brings in is for everyone and wins.

    Raises SshkeepError for all but ``--add``, and where the target would refuse the tree then.
    """
    if request.mode != "add" or request.header:
        raise SshkeepError("Include is no setting", "--add Include NAME puts one above all blocks")
    line = quote_arguments(request.values, config.known["include"], config.kind, config.target)
    entry, parsed = trial_line("Include", line, config)
    if parsed.problem:
        raise SshkeepError(f"{config.target.name} refuses Include {line}: {parsed.problem}")
    intent = SetGlobal("Include", (line,))
    if any(_reads(there, entry) for there in config.lines("include")):
        return AddIncludePlan(intent, (), config, Proof(len(config.entries), (), ()))
    edit = insert_global("Include", (line,), config)
    before = config.files[edit.path].source.data
    after = apply_edits(before, [edit])
    new = tree.load_complete({edit.path: after})
    return AddIncludePlan(intent, (Change(edit.path, before, after),), new, _proof(config, new))


def _reads(there: Entry, wanted: Entry) -> bool:
    """Whether an Include for everyone names all that the wanted one does."""
    if there.block is not None:
        return False
    names = {word.text for word in there.directive.words("words")}
    return {word.text for word in wanted.directive.words("words")} <= names


def _proof(old: Config, new: Config) -> Proof:
    """The new line is read first, so what it brings in comes before all that there was."""
    brought = len(new.entries) - len(old.entries) - 1
    if not same_lines(old.entries, new.entries[brought + 1 :], old, new):
        raise SshkeepError(
            f"{old.top}: the Include would change what other lines there are", "nothing was written"
        )
    check_refusals(old, new)
    return Proof(len(old.entries), (), (), brought)
