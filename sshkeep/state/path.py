"""Where sshkeep keeps its state, and the marks there that every command looks for."""

from __future__ import annotations

import os

from sshkeep.errors import SshkeepError
from sshkeep.system.trust import effective_user

TRIAL_MARKS = ("trial.json", "trial-ending.json")
"""The files of `sshkeep.state.trial_marker` that every command has to look at: running, and not settled."""

STATE_HINT = "XDG_STATE_HOME names another place for it"


def state_path() -> str:
    """``$XDG_STATE_HOME/sshkeep``, by default below ~/.local/state, and /var/lib/sshkeep for root.

    A relative path in the variable does not count (XDG Base Directory Specification). Raises SshkeepError for
    a user without a home directory.
    """
    base = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):
        if hasattr(os, "geteuid") and effective_user() == 0:
            return "/var/lib/sshkeep"
        base = os.path.join(os.path.expanduser("~"), ".local", "state")
        if not os.path.isabs(base):
            raise SshkeepError("this user has no home directory to keep records in", STATE_HINT)
    return os.path.join(base, "sshkeep")
