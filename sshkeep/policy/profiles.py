"""The profiles: policies that come with sshkeep."""

from __future__ import annotations

import os

from sshkeep.errors import SshkeepError

PROFILES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "profiles")


def profiles() -> dict[str, str]:
    """The paths of the policies that come with sshkeep, by name."""
    names = sorted(name for name in os.listdir(PROFILES) if name.endswith(".yaml"))
    return {name.removesuffix(".yaml"): os.path.join(PROFILES, name) for name in names}


def profile_path(name: str) -> str:
    """The policy of a profile. Raises SshkeepError for a name that is none."""
    if name not in profiles():
        raise SshkeepError(f"no profile is called {name!r}", f"there are {', '.join(profiles())}")
    return profiles()[name]
