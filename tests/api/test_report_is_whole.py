"""No report is lost: what can't be done of one file is an error, and all else is there."""

from typing import Any

import pytest

from sshkeep import SshkeepError, fix, lint
from sshkeep.config.tree.config import Config
from sshkeep.edit import resolve_intents
from sshkeep.lint import equal_configs
from sshkeep.lint.runner import lint_config
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import keywords
from sshkeep.openssh.targets import target_of

GOOD = "Port 22\nUseDNS maybe\n"


@pytest.mark.parametrize("target", ["debian-11", "debian-sid", "rhel-9", "alpine-edge"])
@pytest.mark.parametrize(("kind", "header"), [("sshd_config", "Match User bob"), ("ssh_config", "Host bob")])
def test_a_skipped_keyword_in_a_block_is_reported(kind: Kind, header: str, target: str) -> None:
    skipped = [row for row in keywords(kind, target_of(target)).values() if row.state]
    assert skipped
    for row in skipped:
        found = lint(files={kind: f"{header}\n  {row.name} no\n"}, target=target)
        report = found.report()
        assert report.errors == []
        assert len(report.findings) == len(found.findings) > 0
        fixed = fix(files={kind: f"{header}\n  {row.name} no\n"}, target=target, unsafe=True)
        assert fixed.errors == ()
        assert fixed.report().errors == []


@pytest.mark.parametrize("target", ["debian-11", "debian-sid"])
def test_a_skipped_line_in_a_block_that_sshd_refuses_is_taken_away(target: str) -> None:
    text = "ClientAliveInterval 60\nMatch User bob\n  UseLogin no\n  Banner none\n"
    found = fix(files={"sshd_config": text}, target=target, select=["not-in-match"])
    assert [change.after for change in found.changes] == [text.replace("  UseLogin no\n", "").encode()]


def test_a_fix_that_can_t_be_carried_out_costs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def impossible(*_: object) -> None:
        raise SshkeepError("it can't be written there", "")

    monkeypatch.setattr(resolve_intents, "set_global", impossible)
    report = lint(files={"sshd_config": GOOD}, target="debian-12").report()
    assert [(finding.rule, finding.fix) for finding in report.findings] == [
        ("client-alive-interval", None),
        ("bad-value", None),
    ]
    assert report.errors == ["sshd_config:2: client-alive-interval: no fix: it can't be written there"]
    assert report.exit_code == 1


def test_a_config_that_asks_for_too_much_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    real = lint_config

    def limited(config: Config, *arguments: Any) -> Any:
        if config.top == "a/ssh_config":
            raise SshkeepError("a/ssh_config: it is too much", "")
        return real(config, *arguments)

    monkeypatch.setattr(equal_configs, "lint_config", limited)
    found = lint(["a/ssh_config", "b/ssh_config"], files={"a/ssh_config": "", "b/ssh_config": "Foo\n"})
    assert [finding.rule for finding in found.findings if finding.severity == "error"] == ["unknown-keyword"]
    assert found.errors == ("a/ssh_config: it is too much",)
    assert found.exit_code() == 2
