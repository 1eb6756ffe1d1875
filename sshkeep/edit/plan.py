"""From intents to edits, for one tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.tree.config import Config
from sshkeep.edit.block import edits_in_block
from sshkeep.edit.edits import Edit, apply
from sshkeep.edit.everyone import edits_for_everyone
from sshkeep.edit.intents import Delete, Intent, Rename, SetForEveryone, SetHere, SetInBlock
from sshkeep.edit.line import deleted, with_arguments, with_keyword


def edits_for(intents: Iterable[Intent], config: Config) -> tuple[Edit, ...]:
    """The smallest edits that do what ``intents`` say, in their order."""
    # A file that is included twice has its lines twice.
    return tuple(dict.fromkeys(edit for intent in intents for edit in _edits(intent, config)))


def _edits(intent: Intent, config: Config) -> list[Edit]:
    if isinstance(intent, SetForEveryone):
        return edits_for_everyone(intent, config)
    if isinstance(intent, SetInBlock):
        return edits_in_block(intent, config)
    if isinstance(intent, SetHere):
        return [with_arguments(intent.entry, parse_entry(intent.entry, config), intent.value)]
    if isinstance(intent, Rename):
        return [with_keyword(intent.entry, intent.keyword)]
    assert isinstance(intent, Delete)
    return [deleted(intent.entry)]


def edited(config: Config, edits: Sequence[Edit]) -> dict[str, bytes]:
    """The new content of every file that the edits are of."""
    return {
        path: apply(config.files[path].source.data, [edit for edit in edits if edit.path == path])
        for path in dict.fromkeys(edit.path for edit in edits)
    }
