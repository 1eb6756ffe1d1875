"""The profiles: policies that come with sshkeep."""

from __future__ import annotations

import os

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple

PROFILES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "profiles")
USAGE = "To use it"
"""Where the comment at the top of a profile stops to name its sources."""


class Profile(NamedTuple):
    """A profile; ``sources`` are the documents that it follows, with their versions."""

    name: str
    path: str
    sources: str
    rules: int


def profiles() -> dict[str, str]:
    """The paths of the policies that come with sshkeep, by name."""
    names = sorted(name for name in os.listdir(PROFILES) if name.endswith(".yaml"))
    return {name.removesuffix(".yaml"): os.path.join(PROFILES, name) for name in names}


def profile_path(name: str) -> str:
    """The policy of a profile. Raises SshkeepError for a name that is none."""
    if name not in profiles():
        raise SshkeepError(f"no profile is called {name!r}", f"there are {', '.join(profiles())}")
    return profiles()[name]


def describe_profile(name: str) -> Profile:
    """A profile with its sources, as the comment at its top names them, and how many rules it selects."""
    from sshkeep.policy.load import load_policy  # it imports this module, and pydantic

    path = profile_path(name)
    with open(path, encoding="utf-8") as file:
        head = file.read().partition("\n\n")[0]
    comment = " ".join(line.removeprefix("#").strip() for line in head.splitlines())
    sources = comment.partition(USAGE)[0].strip()
    policy = load_policy(path)
    added = {each for layer in policy.layers(path) for each in layer.extend_select}
    return Profile(name, path, sources, len(policy.own) + len(added))
