"""Every keyword has a line that says what it does, and there is no other line."""

import subprocess
import sys

import pytest

from sshkeep.openssh.descriptions import DESCRIPTIONS
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import known_names, rows, vendor_rows
from tests.program import ROOT

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
LONGEST = 100


@pytest.mark.parametrize("kind", KINDS)
def test_every_keyword_has_one_and_none_is_left_over(kind: Kind) -> None:
    assert sorted(DESCRIPTIONS[kind]) == sorted(known_names(kind))
    assert list(DESCRIPTIONS[kind]) == sorted(DESCRIPTIONS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_one_plain_line(kind: Kind) -> None:
    for name, text in DESCRIPTIONS[kind].items():
        assert 10 <= len(text) <= LONGEST, name
        assert text.isprintable() and text == text.strip() and not text.endswith("."), name


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_always_skipped_says_so(kind: Kind) -> None:
    every = (*rows(kind), *vendor_rows(kind))
    works = {row.name.lower() for row in every if not row.state}
    for name in {row.name.lower() for row in every} - works - {"kerberosgetafstoken", "noneswitch"}:
        assert DESCRIPTIONS[kind][name].startswith("Skipped"), name


@pytest.mark.parametrize("kind", KINDS)
def test_other_names_name_the_keyword_they_stand_for(kind: Kind) -> None:
    for row in (*rows(kind), *vendor_rows(kind)):
        if row.alias_of and row.alias_of != "ChallengeResponseAuthentication":
            text = DESCRIPTIONS[kind][row.name.lower()]
            assert row.alias_of in text or row.name in DESCRIPTIONS[kind][row.option], row


def test_a_lint_for_upstream_or_debian_loads_none_of_them() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "sshkeep", "lint", "--target", "debian-12"]
    config = ROOT / "examples" / "trailing-match" / "sshd_config"
    done = subprocess.run([*command, config], cwd=ROOT, capture_output=True, text=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "sshkeep.openssh.sshd_keywords" in loaded
    assert not {"sshkeep.openssh.descriptions", "sshkeep.openssh.sshd_vendor_keywords"} & loaded
