"""Findings name the controls of guides that ask for what they report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import target_of
from sshkeep.policy.load import load_policy
from sshkeep.policy.profiles import profiles
from tests.program import run

# profile, rule, kind, target, the controls as text finds them
NAMED: list[tuple[str, str, Kind, str, list[str]]] = [
    ("cis", "cis-client-alive-interval", "sshd_config", "debian-12", ["CIS 5.1.7"]),
    ("cis", "cis-banner", "sshd_config", "rhel-9", ["CIS 5.1.8"]),
    # What is built as RHEL is, has its document.
    ("cis", "cis-banner", "sshd_config", "rocky-9", ["CIS 5.1.8"]),
    ("cis", "cis-banner", "sshd_config", "centos-stream-9", ["CIS 5.1.8"]),
    # No document is about it: the nearest version of the system, or the first document.
    ("cis", "cis-log-level", "sshd_config", "debian-11", ["CIS 5.1.14"]),
    ("cis", "cis-log-level", "sshd_config", "debian-sid", ["CIS 5.1.14"]),
    ("cis", "cis-log-level", "sshd_config", "ubuntu-25.10", ["CIS 5.1.14"]),
    ("cis", "cis-log-level", "sshd_config", "openssh-10.5", ["CIS 5.1.14"]),
    # The target's document does not ask for it, another one does.
    ("cis", "post-quantum", "sshd_config", "debian-13", ["CIS 5.1.13"]),
    ("cis", "post-quantum", "sshd_config", "rhel-9", ["CIS 5.1.23 for debian-12"]),
    ("cis", "post-quantum", "sshd_config", "ubuntu-24.04", ["CIS 5.1.23"]),
    # The numbers of these two were exchanged in v2.0.0.
    ("cis", "max-startups", "sshd_config", "debian-12", ["CIS 5.1.17"]),
    ("cis", "cis-max-sessions", "sshd_config", "debian-12", ["CIS 5.1.18"]),
    ("stig", "stig-log-level", "sshd_config", "ubuntu-24.04", ["STIG RHEL-09-255030 for rhel-9"]),
    ("stig", "stig-log-level", "sshd_config", "rhel-10", ["STIG RHEL-10-500215"]),
    ("stig", "stig-ciphers", "sshd_config", "ubuntu-24.04", ["STIG UBTU-24-100820"]),
    # One rule, a number for each end.
    ("dev-sec", "dev-sec-ciphers", "sshd_config", "debian-12", ["DevSec sshd-01"]),
    ("dev-sec", "dev-sec-ciphers", "ssh_config", "debian-12", ["DevSec ssh-08"]),
    # Two documents that are about all targets.
    ("anssi", "anssi-permit-root-login", "sshd_config", "debian-12", ["ANSSI R21", "ANSSI R33"]),
    ("cis", "client-alive-interval", "sshd_config", "debian-12", []),
]


@pytest.mark.parametrize(("profile", "rule", "kind", "target", "texts"), NAMED)
def test_a_rule_has_controls(profile: str, rule: str, kind: Kind, target: str, texts: list[str]) -> None:
    (guide,) = load_policy(profiles()[profile]).guides
    assert [ref.text for ref in guide.refs(rule, kind, target_of(target))] == texts


def test_findings_name_them_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("PermitRootLogin yes\nClientAliveInterval 30\n")
    command = ("lint", "--profile", "cis", "--target", "rhel-9", "sshd_config", "--format")
    expected = {
        "profile": "cis",
        "id": "5.1.20",
        "document": "CIS Benchmark for RHEL 9 v2.0.0",
        "text": "CIS 5.1.20",
    }
    findings = json.loads(run(*command, "json", cwd=tmp_path).out)["findings"]
    assert [each["controls"] for each in findings if each["rule"] == "cis-permit-root-login"] == [[expected]]
    results = json.loads(run(*command, "sarif", cwd=tmp_path).out)["runs"][0]["results"]
    (root,) = [each for each in results if each["ruleId"] == "cis-permit-root-login"]
    assert root["properties"] == {"controls": [expected]}
    for format in ("text", "concise"):
        assert "who it was [CIS 5.1.20]\n" in run(*command, format, cwd=tmp_path).out
    assert "who it was</strong> [CIS 5.1.20]</p>" in run(*command, "html", cwd=tmp_path).out


def test_rules_that_no_guide_asks_for_name_none(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("Port 22\n")
    for profile in ((), ("--profile", "cis")):
        report = json.loads(run("lint", *profile, "--format", "json", "sshd_config", cwd=tmp_path).out)
        (keepalive,) = [each for each in report["findings"] if each["rule"] == "client-alive-interval"]
        assert keepalive["controls"] == []


OWN = """\
extend: [cis]
guide:
  name: ACME
  documents: [{name: servers, title: Rules for servers, version: 3}]
  controls: [{title: No root, ids: {servers: S-12}, rules: [root-login, cis-permit-root-login]}]
"""


def test_a_policy_has_a_guide_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("PermitRootLogin yes\nClientAliveInterval 30\n")
    (tmp_path / "sshkeep.yaml").write_text(OWN)
    report = json.loads(
        run("lint", "--target", "debian-12", "--format", "json", "sshd_config", cwd=tmp_path).out
    )
    (root,) = [each for each in report["findings"] if each["rule"] == "cis-permit-root-login"]
    assert [(each["profile"], each["id"]) for each in root["controls"]] == [
        ("cis", "5.1.20"),
        ("ACME", "S-12"),
    ]
