"""What the editor's user sets for the server."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from sshkeep.api.rulesets import NO_POLICY
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.targets import target_of

SECTION = "sshkeep"
"""The section of the editor's configuration."""


class EditorSettings(NamedTuple):
    """``target``, ``policy`` and ``baseline`` are as the options of ``sshkeep lint``.

    ``code_lens`` is whether each Host shows which network paths its idle sessions survive.
    """

    target: str = "auto"
    policy: str | None = None
    baseline: str | None = None
    code_lens: bool = True

    def in_folder(self, folder: str) -> EditorSettings:
        """The same with paths from this folder."""
        policy = self.policy if self.policy in (None, NO_POLICY) else os.path.join(folder, self.policy)
        return self._replace(policy=policy, baseline=self.baseline and os.path.join(folder, self.baseline))


def settings_from_json(given: Any) -> EditorSettings:
    """The settings in an object of JSON; what is not named has its default.

    Raises SshkeepError for a value that can't be used.
    """
    given = given if isinstance(given, dict) else {}
    given = given.get(SECTION, given)
    names = {"target": str, "policy": str, "baseline": str, "codeLens": bool}
    for name, type in names.items():
        if not isinstance(given.get(name), type | None):
            raise SshkeepError(f"the setting {SECTION}.{name} is not a {type.__name__}", "correct it")
    settings = EditorSettings(
        given.get("target") or "auto",
        given.get("policy") or None,
        given.get("baseline") or None,
        given.get("codeLens") is not False,
    )
    check_target(settings.target)
    return settings


def check_target(name: str) -> None:
    """Raises SshkeepError for a target that does not exist."""
    if name != "auto":
        target_of(name)


def folder_of(path: str, folders: Sequence[str]) -> str:
    """The innermost of the editor's folders that has the file; of a file in none of them, the first."""
    around = [each for each in folders if path.startswith(os.path.join(each, ""))]
    return max(around, key=len, default=folders[0] if folders else "")
