"""Which users are trusted on the way to a file: root and the user who runs sshkeep.

The kernel draws the same line for /tmp (protected_symlinks, protected_regular and protected_fifos of
proc_sys_fs(5)), and so does sshd's StrictModes for the directories above a user's keys (safe_path of misc.c).
"""

from __future__ import annotations

import os
import stat


def effective_user() -> int:
    """The user whose permissions apply; 0 on systems without users."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def owner_is_trusted(status: os.stat_result) -> bool:
    """Whether root or the user who runs sshkeep owns the file."""
    return status.st_uid in (0, effective_user())


def others_may_add(directory: os.stat_result) -> bool:
    """Whether an untrusted user may create entries in the directory.

    Root trusts no group but its own. For other users a directory that is writable by its group is common
    (umask 002, where each user has a group of their own), so the group counts as trusted.
    """
    if not owner_is_trusted(directory) or directory.st_mode & stat.S_IWOTH:
        return True
    return effective_user() == 0 and bool(directory.st_mode & stat.S_IWGRP) and directory.st_gid != 0


def others_may_replace(directory: os.stat_result) -> bool:
    """Whether an untrusted user may also rename or remove the entries that a trusted user created."""
    sticky = owner_is_trusted(directory) and directory.st_mode & stat.S_ISVTX
    return others_may_add(directory) and not sticky


def may_follow(link: os.stat_result, directory: os.stat_result) -> bool:
    """Whether the symbolic link ``link`` in ``directory`` certainly is a trusted user's.

    In a sticky /tmp the user's own link is. Root does not rely on that: where hard links are not protected
    (macOS), another user can give one of root's links a second name there.
    """
    if not owner_is_trusted(link):
        return False
    return not (others_may_add(directory) if effective_user() == 0 else others_may_replace(directory))


def may_be_planted(owner: int, directory: os.stat_result) -> bool:
    """Whether ``owner`` may have put a file into the directory for another user to write into.

    That is so in a sticky directory that others may write to, unless the directory's owner or the user who
    runs sshkeep owns the file: may_create_in_sticky of Linux' fs/namei.c.
    """
    shared = directory.st_mode & stat.S_ISVTX and directory.st_mode & (stat.S_IWOTH | stat.S_IWGRP)
    return bool(shared) and owner not in (effective_user(), directory.st_uid)
