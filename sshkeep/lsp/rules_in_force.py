"""The rules and targets for the open documents. A policy is read once, until it changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from sshkeep.api.rulesets import Rulesets
from sshkeep.errors import SshkeepError
from sshkeep.lint.registry import all_rules
from sshkeep.lint.rule import LoadedRule
from sshkeep.lsp.editor_settings import EditorSettings, folder_of
from sshkeep.policy.find import policy_above


class RulesInForce:
    """Rulesets by the policy that counts, each with the state on disk that it is of."""

    def __init__(self, settings: EditorSettings, folders: Callable[[], Sequence[str]]) -> None:
        self.settings = settings
        self.folders = folders
        self._kept: dict[str | None, tuple[object, Rulesets]] = {}

    def settings_of(self, path: str) -> EditorSettings:
        """The settings for the document."""
        return self.settings.in_folder(folder_of(path, self.folders()))

    def for_document(self, path: str) -> Rulesets:
        """The rules for the document. Raises SshkeepError for a policy in the settings that is not valid."""
        settings = self.settings_of(path)
        policy = settings.policy or policy_above(path)
        state = _state(policy)
        if policy not in self._kept or self._kept[policy][0] != state:
            rulesets = Rulesets(settings.policy, settings.target)
            _read_policy(rulesets, path)
            self._kept[policy] = state, rulesets
        return self._kept[policy][1]

    def rule(self, id: str) -> LoadedRule | None:
        """The rule that is called so: a built-in one, or one of a policy that counts."""
        every = [all_rules(), *(rules for _, kept in self._kept.values() for rules in kept.known_rules())]
        return next((rules[id] for rules in every if id in rules), None)

    def forget(self) -> None:
        """Read policies again: what one extends has changed, perhaps."""
        self._kept.clear()


def _read_policy(rulesets: Rulesets, path: str) -> None:
    """Read it here, so that the processes that are forked don't have to; they report what is wrong."""
    try:
        rulesets.policy_for(path)
    except SshkeepError:
        return


def _state(policy: str | None) -> object:
    try:
        status = os.stat(policy) if policy else None
    except OSError:
        return None
    return status and (status.st_mtime_ns, status.st_size, status.st_ino)
