"""A demand of a profile that a safe fix meets stands beside the finding of that fix; others take its place."""

import json
from pathlib import Path

import pytest

from sshkeep.policy.profiles import profiles
from tests.program import run


@pytest.mark.parametrize("text", ["Port 22\n", "ClientAliveInterval 0\n"])
@pytest.mark.parametrize("profile", ["cis", "stig", "dev-sec"])
def test_the_safe_fix_and_its_message_stay(profile: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "sshkeep.yaml").write_text(f"extend: [{profile}]\n")
    path = tmp_path / "sshd_config"
    path.write_text(text)
    found = {each["rule"]: each for each in json.loads(run("lint", "--format", "json", path).out)["findings"]}
    finding, demand = found["client-alive-interval"], found[f"{profile}-client-alive-interval"]
    assert finding["message"] == "sshd never probes an idle client"
    assert finding["fix"]["safety"] == demand["fix"]["safety"] == "safe"
    run("fix", "--write", path)
    assert "ClientAliveInterval 60\n" in path.read_text()


@pytest.mark.parametrize("profile", profiles())
def test_no_profile_takes_the_safe_keepalive_fix_away(profile: str, tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("Port 22\n")
    report = json.loads(run("lint", "--profile", profile, "--format", "json", path).out)
    (finding,) = [each for each in report["findings"] if each["rule"] == "client-alive-interval"]
    assert finding["fix"]["safety"] == "safe"
    run("fix", "--profile", profile, "--write", path)
    assert "ClientAliveInterval 60\n" in path.read_text()


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (
            "ClientAliveInterval 300\nClientAliveCountMax 0\n",
            {"client-alive-count-max": ("safe", "ClientAliveCountMax 3")},
        ),
        # There the safe fix is about the interval first, and meets no demand about the count.
        ("ClientAliveCountMax 0\n", {}),
    ],
)
def test_a_profile_that_refuses_the_keepalive_fix_stands_beside_it(
    text: str, own: dict[str, tuple[str, str]], tmp_path: Path
) -> None:
    """STIG demands 1, the safe fix writes 3; for everyone who asks for it, the demand's own fix comes last."""
    path = tmp_path / "sshd_config"
    path.write_text(text)
    report = json.loads(run("lint", "--profile", "stig", "--format", "json", path).out)
    count = {each["rule"]: each["fix"] for each in report["findings"] if "count-max" in each["rule"]}
    assert {rule: (fix["safety"], fix["title"]) for rule, fix in count.items()} == {
        **own,
        "stig-client-alive-count-max": ("unsafe", "ClientAliveCountMax 1"),
    }
    run("fix", "--profile", "stig", "--write", path)
    assert "ClientAliveCountMax 3\n" in path.read_text()
    run("fix", "--profile", "stig", "--unsafe", "--write", path)
    assert (
        path.read_text().count("ClientAliveCountMax")
        == path.read_text().count("ClientAliveCountMax 1\n")
        == 1
    )


OWN = """\
own:
  - id: ours
    keyword: ClientAliveInterval
    must_be: {value}
    because: we want it
    fix: {value}
"""


@pytest.mark.parametrize(
    ("value", "found"),
    [(60, [("client-alive-interval", "safe"), ("ours", "safe")]), (300, [("ours", "unsafe")])],
)
def test_a_demand_that_the_fix_does_not_meet_takes_its_place(
    value: int, found: list[tuple[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "sshkeep.yaml").write_text(OWN.format(value=value))
    path = tmp_path / "sshd_config"
    path.write_text("ClientAliveInterval 0\n")
    report = json.loads(run("lint", "--format", "json", path).out)
    assert [(each["rule"], each["fix"]["safety"]) for each in report["findings"]] == found


@pytest.mark.parametrize(("value", "moves"), [("no", True), ("prohibit-password", False)])
def test_a_move_to_everyone_is_a_value_for_everyone(value: str, moves: bool, tmp_path: Path) -> None:
    """What swallowed-by-block would move must be what the demand asks for."""
    (tmp_path / "sshkeep.yaml").write_text(
        f"own:\n  - {{id: ours, keyword: PermitRootLogin, must_be: {value}, because: we want it}}\n"
    )
    path = tmp_path / "sshd_config"
    path.write_text("Match Group sftp\n    ForceCommand internal-sftp\nPermitRootLogin no\nMaxAuthTries 3\n")
    report = json.loads(run("lint", "--format", "json", path).out)
    found = [each for each in report["findings"] if each["rule"] == "swallowed-by-block"]
    assert len(found) == 2
    for finding in found:
        assert (finding["fix"] is not None) is moves
        assert any("ours disagrees" in note for note in finding["notes"]) is not moves
