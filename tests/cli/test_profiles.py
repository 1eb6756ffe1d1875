"""``sshkeep profiles``, and --profile of lint and fix."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sshkeep.policy.profiles import profiles
from tests.program import run


def test_each_profile_is_listed_with_its_sources(tmp_path: Path) -> None:
    report = json.loads(run("profiles", "--format", "json", cwd=tmp_path).out)
    assert [each["name"] for each in report["profiles"]] == list(profiles())
    text = run("profiles", cwd=tmp_path).out
    for each in report["profiles"]:
        assert each["rules"] > 5 and "To use it" not in each["sources"]
        assert f"{each['name']:<9} {each['rules']} rules" in text
        assert each["sources"].split()[0] in text


def test_a_profile_is_the_policy(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 30\nPermitRootLogin yes\n")
    done = run("lint", "--profile", "cis", "--format", "concise", "sshd_config", cwd=tmp_path)
    assert done.code == 1 and "cis-permit-root-login" in done.out
    (tmp_path / "sshkeep.yaml").write_text("extend: cis\n")
    assert run("lint", "--format", "concise", "sshd_config", cwd=tmp_path).out == done.out
    fixed = run(
        "fix",
        "--unsafe",
        "--profile",
        "cis",
        "--select",
        "cis-permit-root-login",
        "sshd_config",
        cwd=tmp_path,
    )
    assert "+PermitRootLogin no" in fixed.out


MISTAKES = [
    (["--profile", "ciz"], "no profile is called ciz (did you mean cis?)"),
    (
        ["--profile", "cis", "--policy", "none"],
        "--policy and --profile don't go together (write extend: [cis] in",
    ),
    (
        ["--policy", "cis"],
        "can't read the policy cis: No such file or directory (--profile cis is the profile of",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), MISTAKES)
def test_a_mistake_gets_a_hint(arguments: list[str], sentence: str, tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("Port 22\n")
    done = run("lint", *arguments, "sshd_config", cwd=tmp_path)
    assert (done.code, done.out) == (2, "") and sentence in done.err
