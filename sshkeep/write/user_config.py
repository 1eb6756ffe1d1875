"""A new ~/.ssh/config: its folder, and who may read both."""

from __future__ import annotations

import os
from contextlib import suppress

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.safe_path import open_directory
from sshkeep.system.trust import effective_user, others_may_replace


def is_user_config(change: Change) -> bool:
    """Whether the change creates a file in a folder ``.ssh``, which nobody else has to read."""
    return change.before is None and os.path.basename(os.path.dirname(change.path)) == ".ssh"


def make_private_folder(path: str) -> None:
    """Create the folder with mode 0700 where it is missing; the one above it must exist.

    Raises OSError, and SshkeepError where another user could have made what is there.
    """
    if os.path.lexists(path):
        return
    with open_directory(os.path.dirname(path)) as parent:
        if others_may_replace(parent.status()):
            raise SshkeepError(f"can't create {path}: others may write there", "nothing was written")
        _make(parent, os.path.basename(path))


def _make(parent: HeldDirectory, name: str) -> None:
    with suppress(FileExistsError):  # another sshkeep made it in this instant
        parent.make_directory(name)
        parent.sync()
    with parent.open_subdirectory(name) as made:
        if hasattr(os, "geteuid") and made.status().st_uid != effective_user():
            raise SshkeepError(f"{made.path} belongs to another user", "nothing was written")
