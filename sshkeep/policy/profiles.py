"""The profiles: policies that come with sshkeep."""

from __future__ import annotations

import os

from sshkeep.errors import SshkeepError
from sshkeep.lookup import unknown_name

PROFILES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "profiles")


def profiles() -> dict[str, str]:
    """The paths of the policies that come with sshkeep, by name. Raises SshkeepError in a single file."""
    try:
        names = sorted(name for name in os.listdir(PROFILES) if name.endswith(".yaml"))
    except NotADirectoryError:
        raise SshkeepError("sshkeep.pyz has no profiles", "install sshkeep with pip to use them") from None
    return {name.removesuffix(".yaml"): os.path.join(PROFILES, name) for name in names}


def profile_path(name: str) -> str:
    """The policy of a profile. Raises SshkeepError for a name that is none."""
    known = profiles()
    if name not in known:
        raise unknown_name("profile", name, known)
    return known[name]
