"""Where a fix writes: at the lines themselves, or in one's own place where another program writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit
from sshkeep.edit.intents import Intent
from sshkeep.edit.resolve_intents import resolve_intents
from sshkeep.errors import SshkeepError
from sshkeep.fix.own_place import EDIT_ANYWAY, in_own_place, owner_of_edits
from sshkeep.named import NamedTuple
from sshkeep.trees.tree import Tree

MOST_MOVED = 20
"""Fixes for which a place outside of another program's lines is looked for: each costs several proofs."""


class PlacedFix(NamedTuple):
    """What a fix sets, its edits, and sentences on lines that stay behind."""

    intents: tuple[Intent, ...]
    edits: tuple[Edit, ...]
    remarks: tuple[str, ...] = ()


class FixPlaces:
    """Finds the places of one tree's fixes; the lines of others are edited only with ``edit_managed``.

    ``changed`` are the files of the config that differ from the tree's.
    """

    def __init__(
        self, tree: Tree, edit_managed: bool = False, changed: Mapping[str, bytes] = MappingProxyType({})
    ) -> None:
        self.tree = tree
        self.changed = changed
        self.edit_managed = edit_managed
        self.moved = 0

    def place(self, intents: Sequence[Intent], config: Config) -> PlacedFix:
        """The edits for ``intents``.

        Raises SshkeepError where there are none; its hint is EDIT_ANYWAY where another program is the reason.
        """
        edits = resolve_intents(intents, config)
        if self.edit_managed or owner_of_edits(edits, config) is None:
            return PlacedFix(tuple(intents), edits)
        self.moved += 1
        if self.moved > MOST_MOVED:
            why = f"another program writes this line, and more than {MOST_MOVED} like it; it was not tried"
            raise SshkeepError(why, EDIT_ANYWAY)
        places = [in_own_place(intent, config, self.tree, self.changed) for intent in intents]
        return PlacedFix(
            tuple(place.intent for place in places),
            tuple(dict.fromkeys(edit for place in places for edit in place.edits)),
            tuple(remark for place in places for remark in place.remarks),
        )

    def edits(self, intents: Sequence[Intent], config: Config) -> tuple[Edit, ...]:
        """The edits alone. Raises SshkeepError as `place` does."""
        return self.place(intents, config).edits
