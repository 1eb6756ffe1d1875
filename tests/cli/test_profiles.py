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
        checked = [control for control in each["controls"] if control["rules"]]
        assert (
            f"{each['name']:<9} {len(checked)} of {len(each['controls'])} controls checked by {each['rules']}"
            in text
        )
        assert each["sources"].split()[0] in text


def test_the_controls_of_one_profile_are_listed(tmp_path: Path) -> None:
    report = json.loads(run("profiles", "cis", "--format", "json", cwd=tmp_path).out)
    (profile,) = report["profiles"]
    (banner,) = [control for control in profile["controls"] if control["rules"] == ["cis-banner"]]
    assert banner["ids"]["debian-12"] == "5.1.5" and banner["ids"]["rhel-9"] == "5.1.8"
    assert (banner["asks"], banner["unchecked"]) == ("Banner names a file", "")
    text = " ".join(run("profiles", "cis", cwd=tmp_path).out.split())
    for control in profile["controls"]:
        assert f"{control['title']}, level {control['level']}" in text
        assert (control["asks"] or control["unchecked"]) in text
    assert all(document["source"] in text for document in profile["documents"])


GUIDES = [
    (
        "documents: [{name: a, title: t, version: 1}]\n  controls: [{title: x, ids: {b: 1}, rules: keep-alive}]",
        "guide.controls.ids.b: the guide has no document b",
    ),
    (
        "documents: [{name: a, title: t, version: 1}]\n  controls: [{title: x, ids: {a: 1}, rules: keep}]",
        "guide.controls.rules: there is no rule keep",
    ),
    (
        "documents: [{name: a, title: t, version: 1}]\n  controls: [{title: x, ids: {a: 1}}]",
        "guide.controls: a control has rules, or says under unchecked why nothing checks it",
    ),
    ("documents: []\n  controls: []", "guide.documents: "),
    ("documents: [{name: a, title: t, version: 1, sources: b}]\n  controls: []", "guide.documents.sources: "),
]


@pytest.mark.parametrize(("guide", "sentence"), GUIDES)
def test_a_wrong_guide_is_reported(guide: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "sshkeep.yaml").write_text(f"guide:\n  name: Ours\n  {guide}\n")
    done = run("policy", "check", "sshkeep.yaml", cwd=tmp_path)
    assert done.code == 1 and sentence in done.out


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
