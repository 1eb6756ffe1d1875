"""What a new release or distribution needs besides its row is named by its place."""

import re

import pytest

from sshkeep.openssh.distributions import DISTRIBUTIONS, SAME_AS, VENDOR_OF_SYSTEM
from sshkeep.openssh.releases import NEWEST
from tests.program import ROOT

NO_SYSTEM = {"hpn", "gsi", "win32-openssh"}
"""First parts of the names of programs, which no os-release has."""


def test_every_patched_system_is_recognised() -> None:
    """By the ID of its os-release: it begins as its targets' names do, or `SAME_AS` leads to them."""
    known = {(SAME_AS.get(system, system), vendor) for system, vendor in VENDOR_OF_SYSTEM.items()}
    lacking = {
        name
        for family in DISTRIBUTIONS
        for name in family.releases
        if family.vendor != "openssh" and name.rpartition("-")[0] not in NO_SYSTEM
        if not any(
            vendor == family.vendor and (name.startswith(system) or system.startswith(name))
            for system, vendor in known
        )
    }
    assert lacking == set(), "VENDOR_OF_SYSTEM has no ID for these"


NAME_THE_NEWEST = (
    "docs/targets.md",
    "sshkeep/openssh/tables/sshd_options.py",
    "sshkeep/openssh/tables/ssh_options.py",
)


@pytest.mark.parametrize("path", NAME_THE_NEWEST)
def test_a_text_names_the_newest_release(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    named = re.findall(r"\b8\.0(?:` to `openssh-| to )(\d+\.\d+)(?:`;|, a row)", text)
    assert named == [str(NEWEST)], f"{path}: NEWEST is {NEWEST}"
