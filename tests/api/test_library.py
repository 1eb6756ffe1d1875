"""The functions of `sshkeep` as a library: the results of the commands, without their streams and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import sshkeep
from sshkeep.errors import SshkeepError
from sshkeep.output.json_reports.models import json_text
from tests.program import run

SERVER = "ClientAliveInterval 0\nPort 22\n"


@pytest.fixture(autouse=True)
def silent(capfd: pytest.CaptureFixture[str]) -> object:
    yield
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_lint_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text(SERVER)
    result = sshkeep.lint(path, target="debian-12")
    finding = next(each for each in result.findings if each.rule == "client-alive-interval")
    start, end = finding.span
    assert finding.source.data[start:end] == b"ClientAliveInterval 0"
    assert finding.fix and finding.fix.safety == "safe"
    assert (result.errors, result.fails(), result.exit_code()) == ((), True, 1)


def test_the_json_report_is_the_result(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text(SERVER)
    printed = json.loads(run("lint", "--format", "json", str(path)).out)
    assert printed == json.loads(json_text(sshkeep.lint(path).report()))
    assert printed["findings"][0]["fix"]["edits"]


TREES: tuple[tuple[str, dict[str, bytes | str], list[str]], ...] = (
    ("one file", {"sshd_config": "ClientAliveIntervall 60\n"}, ["sshd_config"]),
    (
        "an absolute Include is one of the files in memory",
        {"/etc/ssh/sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\n", "/etc/ssh/sshd_config.d/a.conf": "Foo 1\n"},
        ["/etc/ssh/sshd_config.d/a.conf"],
    ),
    (
        "a relative Include stands in /etc/ssh",
        {"/etc/ssh/sshd_config": "Include sshd_config.d/*.conf\n", "/etc/ssh/sshd_config.d/a.conf": "Foo 1\n"},
        ["/etc/ssh/sshd_config.d/a.conf"],
    ),
    ("bytes that are no text", {"sshd_config": b"Foo \xff\n"}, ["sshd_config"]),
)  # fmt: skip


@pytest.mark.parametrize(("files", "where"), [case[1:] for case in TREES], ids=[case[0] for case in TREES])
def test_lint_of_files_in_memory(files: dict[str, bytes | str], where: list[str]) -> None:
    result = sshkeep.lint(files=files, select=["unknown-keyword"])
    assert [each.source.path for each in result.findings] == where
    assert {path for each in result.configs for path in each.config.files} == set(files)


def test_nothing_of_the_disk_is_read_for_files_in_memory(tmp_path: Path) -> None:
    other = tmp_path / "other.conf"
    other.write_text("Foo 1\n")
    result = sshkeep.lint(files={"sshd_config": f"Include {other}\n"}, select=["unknown-keyword"])
    assert result.findings == ()


def test_unsaved_text_takes_the_place_of_a_file(tmp_path: Path) -> None:
    main, drop_in = tmp_path / "sshd_config", tmp_path / "sshd_config.d" / "a.conf"
    drop_in.parent.mkdir()
    main.write_text(f"Include {drop_in}\n")
    drop_in.write_text("Port 22\n")

    def rules(**unsaved: str) -> list[str]:
        texts = {str(drop_in): text for text in unsaved.values()}
        found = sshkeep.lint(drop_in, root="/", unsaved=texts, select=["unknown-keyword"]).findings
        return [each.source.path for each in found]

    assert rules() == []
    assert rules(text="Foo 1\n") == [str(drop_in)]


def test_fix_plans_and_writes(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text(SERVER)
    plan = sshkeep.fix(path, select=["client-alive-interval"], target="debian-12")
    assert [each.finding.rule for each in plan.fixed] == ["client-alive-interval"]
    assert path.read_text() == SERVER
    change = plan.changes[0]
    assert (change.path, change.before) == (str(path), SERVER.encode())
    written = plan.write()
    assert written.record and not written.errors
    assert path.read_bytes() == change.after


def test_set_plans_and_writes(tmp_path: Path) -> None:
    path = tmp_path / "ssh_config"
    path.write_text("Host web\n    User bob\n")
    plan = sshkeep.set(path, "ServerAliveInterval", "60", block="Host web")
    assert [change.after for change in plan.changes] == [
        b"Host web\n    User bob\n    ServerAliveInterval 60\n"
    ]
    assert plan.write().record
    assert sshkeep.set(path, "ServerAliveInterval", "60", block="Host web").changes == ()


def test_set_in_memory() -> None:
    files: dict[str, bytes | str] = {"/etc/ssh/sshd_config": "Include sshd_config.d/*.conf\n"}
    plan = sshkeep.set("/etc/ssh/sshd_config", "ClientAliveInterval", "60", files=files)
    assert [(change.path, change.after) for change in plan.changes] == [
        ("/etc/ssh/sshd_config", b"Include sshd_config.d/*.conf\nClientAliveInterval 60\n")
    ]


WRONG: tuple[Callable[[], object], ...] = (
    lambda: sshkeep.lint("sshd_config", kind="sshd"),
    lambda: sshkeep.lint("sshd_config", target="debian-1"),
    lambda: sshkeep.lint("sshd_config", policy="/nowhere/sshkeep.yaml"),
    lambda: sshkeep.set("/nowhere/sshd_config", "Port", "22"),
    lambda: sshkeep.set("sshd_config", "Port", "x", files={"sshd_config": ""}),
)


@pytest.mark.parametrize("call", WRONG)
def test_wrong_arguments_are_an_error(
    call: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sshd_config").write_text("Port 22\n")
    with pytest.raises(SshkeepError):
        call()


def test_what_cannot_be_read_is_in_the_result(tmp_path: Path) -> None:
    result = sshkeep.lint([tmp_path / "sshd_config", tmp_path / "ssh_config"])
    assert [error.partition(": ")[2] for error in result.errors] == ["no such file"] * 2
    assert result.exit_code() == 2


def test_an_unknown_rule_is_an_error_of_each_config(tmp_path: Path) -> None:
    result = sshkeep.lint(files={"sshd_config": "Port 22\n"}, select=["no-such-rule"])
    assert len(result.errors) == 1 and "no-such-rule" in result.errors[0]


def test_idle_of_files_in_memory() -> None:
    files: dict[str, bytes | str] = {"server": "ClientAliveInterval 60\n", "client": "Host *\n"}
    kept = sshkeep.idle(server="server", client="client", path_timeout=300, files=files)
    assert (kept.exit_code, [each.verdict for each in kept.session.forecast.outcomes]) == (0, ["survives"])
    lost = sshkeep.idle(server="server", path_timeout=300, files={"server": "ClientAliveInterval 0\n"})
    assert (lost.exit_code, [each.verdict for each in lost.session.forecast.outcomes]) == (1, ["dropped"])
    assert lost.report().exit_code == 1


def test_a_plan_for_files_in_memory_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the same name and content may be there, and is another one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sshd_config").write_text(SERVER)
    files: dict[str, bytes | str] = {"sshd_config": SERVER}
    for plan in (sshkeep.fix(files=files), sshkeep.set("sshd_config", "Port", "23", files=files)):
        assert plan.changes
        with pytest.raises(SshkeepError, match="in memory"):
            plan.write()
    assert (tmp_path / "sshd_config").read_text() == SERVER


def test_a_plan_for_unsaved_text_is_not_written_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("Port 22\n")
    written = sshkeep.fix(path, unsaved={str(path): SERVER}).write()
    assert written.errors and not written.record
    assert path.read_text() == "Port 22\n"


def test_a_policy_on_disk_is_not_that_of_files_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    policy = tmp_path / "sshkeep.yaml"
    policy.write_text("ignore: [client-alive-interval]\n")
    rules = {finding.rule for finding in sshkeep.lint(files={"sshd_config": SERVER}).findings}
    assert "client-alive-interval" in rules
    named = sshkeep.lint(files={"sshd_config": SERVER}, policy=policy).findings
    assert "client-alive-interval" not in {finding.rule for finding in named}
