"""Find the policy beside or above a config, and check that no other user could have put it there.

A policy decides what is reported and what a fix writes, so one in a folder that others may write to counts
only where --policy names it.
"""

from __future__ import annotations

import os
import re
import stat

from sshkeep.config.tree.file_system import UnreadableFile, read_regular_file
from sshkeep.system.trust import others_may_add, owner_is_trusted

POLICY_NAME = "sshkeep.yaml"
PYPROJECT_NAME = "pyproject.toml"
_TABLE = rb"^[ \t]*(\[\[?[ \t]*)?tool[ \t]*\.[ \t]*sshkeep\b"
"""How the policy of a pyproject.toml begins. It is parsed only if no other user could have written it."""


class PoliciesAbove:
    """Finds the policies of many configs, and looks into each folder once."""

    def __init__(self) -> None:
        self._nearest: dict[str, str | None] = {}

    def find(self, path: str) -> str | None:
        """The path of the nearest policy, in the folder of ``path`` or above; None where there is none."""
        folder = os.path.dirname(os.path.abspath(path))
        searched: list[str] = []
        while folder not in self._nearest:
            searched.append(folder)
            policies = policies_in(folder)
            parent = os.path.dirname(folder)
            if policies:
                self._nearest[folder] = policies[0]
            elif parent == folder:
                self._nearest[folder] = None
            else:
                folder = parent
        found = self._nearest[folder]
        self._nearest.update(dict.fromkeys(searched, found))
        return found


def policy_above(path: str) -> str | None:
    """The nearest policy above one config: see `PoliciesAbove`."""
    return PoliciesAbove().find(path)


def policies_in(folder: str) -> list[str]:
    """The policies in a folder: the first one counts. A pyproject.toml is one if it has [tool.sshkeep]."""
    policy, pyproject = os.path.join(folder, POLICY_NAME), os.path.join(folder, PYPROJECT_NAME)
    found = [policy] if os.path.lexists(policy) else []
    if os.path.lexists(pyproject) and _has_table(pyproject):
        found.append(pyproject)
    return found


def policies_beside(path: str) -> list[str]:
    """A note for the policy beside the one in ``path`` that does not count because of it."""
    others = policies_in(os.path.dirname(path))[1:]
    return [f"[tool.sshkeep] of {other} is not used, since {path} is beside it" for other in others]


def _has_table(path: str) -> bool:
    try:
        return bool(re.search(_TABLE, read_regular_file(path), re.MULTILINE))
    except (OSError, UnreadableFile):
        return False


def why_untrusted(path: str) -> str:
    """How a user other than root and this one could have written the file; empty where none could.

    A link and the file that it leads to are both checked.
    """
    try:
        if why := _why(path, os.lstat(path)):
            return why
        if os.path.islink(path):
            real = os.path.realpath(path)
            return _why(real, os.lstat(real))
    except OSError as error:
        return f"{path} can't be looked at: {error.strerror}"
    return ""


def _why(path: str, status: os.stat_result) -> str:
    folder = os.path.dirname(os.path.abspath(path))
    if not owner_is_trusted(status):
        return f"{path} belongs to another user"
    if not stat.S_ISLNK(status.st_mode) and others_may_add(status):
        return f"others can write {path}"
    if others_may_add(os.stat(folder)):
        return f"others can write into {folder}"
    return ""
