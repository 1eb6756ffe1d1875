"""``~`` at the start of a path, for a user and home that are given."""

from __future__ import annotations

import pytest

from sshkeep.openssh.releases import TILDE_USER, Release
from sshkeep.openssh.values.tilde import expand_tilde

BEFORE = Release(8, 6)


@pytest.mark.parametrize(
    ("path", "home", "release", "expanded"),
    [
        ("~/a", "/home/me", TILDE_USER, "/home/me/a"),
        ("~/a", "/home/me/", TILDE_USER, "/home/me/a"),
        ("~/a", "/home/X", TILDE_USER, "/home/X/a"),
        ("~/a", "/home/ ", TILDE_USER, "/home/ /a"),
        ("~me//X", "/home/me", TILDE_USER, "/home/me/X"),
        ("~me//X", "/home/me", BEFORE, "/home/me//X"),
        ("~you/a", "/home/me", TILDE_USER, "~you/a"),
        ("~you", "/home/me", TILDE_USER, "~you"),
        ("~you", "/home/me", BEFORE, "/home/me/you"),
        ("a~", "/home/me", TILDE_USER, "a~"),
    ],
)
def test_tilde(path: str, home: str, release: Release, expanded: str) -> None:
    assert expand_tilde(path, "me", home, release) == expanded
