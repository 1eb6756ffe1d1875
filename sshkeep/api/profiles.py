"""The profiles that come with sshkeep, described."""

from __future__ import annotations

from sshkeep.named import NamedTuple
from sshkeep.policy.profiles import profile_path

USAGE = "To use it"
"""Where the comment at the top of a profile stops to name its sources."""


class Profile(NamedTuple):
    """A profile; ``sources`` are the documents that it follows, with their versions."""

    name: str
    sources: str
    rules: int


def describe_profile(name: str) -> Profile:
    """A profile with its sources, as the comment at its top names them, and how many rules it selects."""
    from sshkeep.policy.load import load_policy

    path = profile_path(name)
    with open(path, encoding="utf-8") as file:
        head = file.read().partition("\n\n")[0]
    comment = " ".join(line.removeprefix("#").strip() for line in head.splitlines())
    sources = comment.partition(USAGE)[0].strip()
    policy = load_policy(path)
    added = {each for layer in policy.layers(path) for each in layer.extend_select}
    return Profile(name, sources, len(policy.own) + len(added))
