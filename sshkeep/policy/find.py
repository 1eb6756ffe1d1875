"""The policy that stands beside or above a config, if nobody else could have put it there.

A policy decides what is told and what a fix writes, so one in a folder that others write to must be named.
"""

from __future__ import annotations

import os
import stat

from sshkeep.system.trust import others_may_add, owner_is_trusted

POLICY_NAME = "sshkeep.yaml"


def policy_above(path: str) -> str | None:
    """The nearest policy in the folder of ``path`` or one above it, as a path; None where there is none."""
    folder = os.path.dirname(os.path.abspath(path))
    while True:
        policy = os.path.join(folder, POLICY_NAME)
        if os.path.lexists(policy):
            return policy
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def why_untrusted(path: str) -> str:
    """Who but root and this user could have written the file or put it where it is; empty for nobody.

    Where a link leads, the same holds for what it leads to.
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
        return f"{path} belongs to somebody else"
    if not stat.S_ISLNK(status.st_mode) and others_may_add(status):
        return f"others can write {path}"
    if others_may_add(os.stat(folder)):
        return f"others can write into {folder}"
    return ""
