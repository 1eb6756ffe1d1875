"""What becomes of a control: its status, the values in effect with their lines, evidence and waivers."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import sshkeep
from sshkeep.policy.profiles import profiles
from tests.program import run

Control = dict[str, Any]


def controls(
    text: str, profile: str = "cis", target: str = "debian-12", name: str = "sshd_config"
) -> dict[str, Control]:
    """The controls of an audit of one config in memory, by number."""
    result = sshkeep.audit(files={f"/etc/ssh/{name}": text}, profile=profile, target=target)
    (config,) = result.report().configs
    return {", ".join(control.ids): control for control in config.controls}  # type: ignore[misc]


# profile, target, file, its text, number of a control, its status
STATUSES = [
    ("cis", "debian-12", "sshd_config", "PermitRootLogin no\n", "5.1.20", "pass"),
    ("cis", "debian-12", "sshd_config", "", "5.1.20", "fail"),
    ("cis", "rhel-9", "sshd_config", "MaxAuthTries 4\n", "5.1.16", "pass"),
    ("cis", "debian-12", "sshd_config", "Match User x\n  PermitRootLogin yes\nMatch all\nPermitRootLogin no\n",
     "5.1.20", "fail"),
    # RHEL 8 passes sshd the lists of its crypto policy on the command line; RHEL 9 includes a file.
    ("cis", "rhel-8", "sshd_config", "MACs hmac-sha2-512\n", "5.1.17", "not checked"),
    ("cis", "rhel-8", "sshd_config", "MACs hmac-md5\n", "5.1.17", "not checked"),
    ("cis", "rhel-9", "sshd_config", "MACs hmac-sha2-512\n", "5.1.6", "pass"),
    # File modes are not in the file.
    ("cis", "debian-12", "sshd_config", "", "5.1.1", "not checked"),
    # sshd would not start with it: no value is in effect.
    ("cis", "debian-12", "sshd_config", "PermitRootLogin no\nNoSuchKeyword\n", "5.1.20", "not checked"),
    # What the template will say is not known.
    ("cis", "debian-12", "sshd_config", "PermitRootLogin {{ root }}\n", "5.1.20", "not checked"),
    # The option is in this release under its new name only.
    ("dev-sec", "debian-12", "sshd_config", "KbdInteractiveAuthentication no\n", "sshd-29", "pass"),
    ("dev-sec", "debian-11", "sshd_config", "ChallengeResponseAuthentication no\n", "sshd-29", "pass"),
    # DebianBanner is of Debian's patch.
    ("dev-sec", "rhel-9", "sshd_config", "", "sshd-47", "not applicable"),
    ("dev-sec", "debian-12", "ssh_config", "Host *\n  ForwardAgent no\n", "ssh-11", "pass"),
    ("stig", "rhel-9", "sshd_config", "ClientAliveInterval 300\n", "RHEL-09-255100", "pass"),
    ("stig", "ubuntu-24.04", "sshd_config", "ClientAliveInterval 900\n", "UBTU-24-600010", "fail"),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "target", "name", "text", "number", "status"), STATUSES)
def test_the_status(profile: str, target: str, name: str, text: str, number: str, status: str) -> None:
    assert controls(text, profile, target, name)[number].status == status  # type: ignore[attr-defined]


def test_values_are_those_in_effect_with_the_lines_that_won() -> None:
    text = "LogLevel INFO\nLogLevel VERBOSE\nMatch User x\n  LogLevel DEBUG\nMatch User y\n  LogLevel INFO\n"
    control: Any = controls(text)["5.1.14"]
    everyone, block = control.values
    assert (everyone.keyword, everyone.block, everyone.value) == ("LogLevel", "", "INFO")
    assert [(line.file, line.line) for line in everyone.lines] == [("/etc/ssh/sshd_config", 1)]
    assert (block.block, block.value, block.lines[0].line) == ("Match User x", "DEBUG", 4)
    (evidence,) = control.evidence
    assert (evidence.rule, evidence.line, evidence.waiver) == ("cis-log-level", 4, None)


def test_a_default_has_no_line_and_its_evidence_neither() -> None:
    control: Any = controls("Port 22\n")["5.1.13"]
    assert [(value.value, value.lines) for value in control.values] == [("120", [])]
    assert [evidence.line for evidence in control.evidence] == [0]


def test_a_comment_and_a_baseline_are_waivers(tmp_path: Path) -> None:
    config = tmp_path / "sshd_config"
    config.write_text(
        "PermitRootLogin yes\n# sshkeep: ignore[cis-max-auth-tries] the bastion, 2026-05-01\nMaxAuthTries 9\n"
        "LoginGraceTime 90\n"
    )
    command = ("lint", "--profile", "cis", "sshd_config")
    run(*command, "--select", "cis-permit-root-login", "--write-baseline", "known.json", cwd=tmp_path)
    known = json.loads((tmp_path / "known.json").read_text())
    known["findings"][0] |= {"reason": "ticket 7", "date": "2026-02-03"}
    (tmp_path / "known.json").write_text(json.dumps(known))
    report = sshkeep.audit(
        config, profile="cis", target="debian-12", baseline=tmp_path / "known.json"
    ).report()
    by_number = {control.ids[0]: control for control in report.configs[0].controls}
    tries, root, grace = by_number["5.1.16"], by_number["5.1.20"], by_number["5.1.13"]
    assert (tries.status, tries.waived, root.waived, grace.waived) == ("fail", True, True, False)
    comment, baseline = tries.evidence[0].waiver, root.evidence[0].waiver
    assert comment == (str(config), 2, "the bastion, 2026-05-01", "2026-05-01")
    assert baseline == (str(tmp_path / "known.json"), 0, "ticket 7", "2026-02-03")
    assert report.summary.waived == 2


def test_a_new_baseline_keeps_the_remarks(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("Port 22\n")
    command = ("lint", "--quiet", "--write-baseline", "known.json", "sshd_config")
    run(*command, cwd=tmp_path)
    known = json.loads((tmp_path / "known.json").read_text())
    known["findings"][0] |= {"reason": "no NAT here", "date": "2026-02-03"}
    (tmp_path / "known.json").write_text(json.dumps(known))
    run(*command, cwd=tmp_path)
    assert json.loads((tmp_path / "known.json").read_text()) == known


def test_the_report_names_what_was_read_and_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (tmp_path / "sshd_config").write_text("Include one.conf\n")
    (tmp_path / "one.conf").write_text("PermitRootLogin no\n")
    result = sshkeep.audit(tmp_path / "sshd_config", profile="cis", target="rhel-9", root=tmp_path)
    report = result.report()
    assert report.made.isoformat() == "2023-11-14T22:13:20+00:00"
    (config,) = report.configs
    assert next(file.sha256 for file in config.files) == sha256(b"Include one.conf\n").hexdigest()
    assert [(each.title, each.exact) for each in config.documents] == [
        ("CIS Benchmark for RHEL 9 v2.0.0", True)
    ]
    assert report == result.report()


@pytest.mark.parametrize("profile", profiles())
@pytest.mark.parametrize("name", ["sshd_config", "ssh_config"])
def test_every_profile_audits_both_languages(profile: str, name: str) -> None:
    found: Any = controls("", profile, "debian-13", name)
    assert name == "ssh_config" or len(found) > 5
    assert all(control.why for control in found.values() if control.status.startswith("not "))
    assert all(control.values for control in found.values() if control.status in ("pass", "fail"))


CODES = [
    ("PermitRootLogin no\n", ["--profile", "cis"], 1),
    ("", ["--profile", "cis", "gone"], 2),
    ("", [], 2),
    ("", ["--profile", "ciz"], 2),
    (
        "AuthenticationMethods publickey\nPermitRootLogin no\nLogLevel VERBOSE\nMACs hmac-sha2-256\n",
        ["--profile", "mozilla", "--target", "debian-12"],
        0,
    ),
]


@pytest.mark.parametrize(("text", "arguments", "code"), CODES)
def test_exit_codes(text: str, arguments: list[str], code: int, tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text(text)
    assert run("audit", *arguments, "sshd_config", cwd=tmp_path).code == code
