"""Whom to trust on the way to a file: root and the user who runs sshkeep, nobody else.

The kernel's protected_symlinks draws the same line for /tmp, and sshd's StrictModes for what is
above a user's keys (safe_path, misc.c).
"""

from __future__ import annotations

import os
import stat


def effective_user() -> int:
    """The user for whom permissions are checked; 0 where there are no users."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def owner_is_trusted(status: os.stat_result) -> bool:
    """Whether it belongs to root or to whoever runs sshkeep."""
    return status.st_uid in (0, effective_user())


def others_may_add(status: os.stat_result) -> bool:
    """Whether somebody else may put names into the directory with this ``status``.

    Root trusts no group but its own. For other users a directory that their group may write to is
    common (umask 002, where each user has an own group), so the group is not somebody else.
    """
    if not owner_is_trusted(status) or status.st_mode & stat.S_IWOTH:
        return True
    return effective_user() == 0 and bool(status.st_mode & stat.S_IWGRP) and status.st_gid != 0


def others_may_replace(status: os.stat_result) -> bool:
    """Whether somebody else may also rename or remove what root or this user put into the directory."""
    return others_may_add(status) and not (owner_is_trusted(status) and status.st_mode & stat.S_ISVTX)


def may_follow(link: os.stat_result, folder: os.stat_result) -> bool:
    """Whether the symbolic link ``link`` in ``folder`` leads where root or this user meant it to lead.

    In a sticky /tmp an own link is; root does not rely on that, since where hard links are not
    protected (macOS) somebody else can give root's link a second name there.
    """
    if not owner_is_trusted(link):
        return False
    return not (others_may_add(folder) if effective_user() == 0 else others_may_replace(folder))
