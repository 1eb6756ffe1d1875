"""Options of ``sshkeep lint`` that change what is reported, or the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from sshkeep.lint.registry import all_rules
from tests.program import run

CLEAN, INFO, WARNING, ERROR = (
    "ClientAliveInterval 30\n",
    "ClientAliveInterval 30\nKeepAlive no\n",
    "ClientAliveInterval 0\n",
    "ClientAliveInterval 30\nPort no\n",
)
EXIT_CODES = [
    # the arguments, then the exit code for each of those
    ([], (0, 0, 1, 1)),
    (["--fail-on", "info"], (0, 1, 1, 1)),
    (["--fail-on", "warning"], (0, 0, 1, 1)),
    (["--fail-on", "error"], (0, 0, 0, 1)),
    (["--fail-on", "never"], (0, 0, 0, 0)),
    (["--exit-zero"], (0, 0, 0, 0)),
    (["--exit-zero", "--fail-on", "info"], (0, 0, 0, 0)),
]


@pytest.mark.parametrize(("arguments", "codes"), EXIT_CODES)
def test_the_exit_code(arguments: list[str], codes: tuple[int, ...], tmp_path: Path) -> None:
    found = []
    for text in (CLEAN, INFO, WARNING, ERROR):
        (tmp_path / "sshd_config").write_text(text)
        found.append(run("lint", *arguments, "sshd_config", cwd=tmp_path).code)
    assert tuple(found) == codes


def test_what_can_not_be_read_is_no_finding(tmp_path: Path) -> None:
    assert run("lint", "--exit-zero", "missing_sshd_config", cwd=tmp_path).code == 2


def test_all_is_every_rule_but_those_of_two_ends(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("X11Forwarding yes\n")
    groups = {rule.group for rule in all_rules().values()} - {"idle"}
    found = run("lint", "--select", "ALL", "--format", "concise", "sshd_config", cwd=tmp_path).out
    assert (
        found
        == run("lint", "--select", ",".join(groups), "--format", "concise", "sshd_config", cwd=tmp_path).out
    )
    assert "x11-forwarding" in found and "client-alive-interval" in found


def test_all_can_be_narrowed(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("X11Forwarding yes\n")
    arguments = ("--select", "ALL", "--ignore", "security,client-alive-interval")
    assert run("lint", *arguments, "sshd_config", cwd=tmp_path).code == 0


def test_statistics_count_the_findings_of_each_rule(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 0\nUseLogin no\nRSAAuthentication yes\n")
    lines = run("lint", "--statistics", "sshd_config", cwd=tmp_path).out.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [
        ["2", "deprecated-option"],
        ["1", "client-alive-interval"],
    ]
    assert len(lines) == 3 and lines[2].startswith("3 problems")


def test_the_lines_that_findings_are_about_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 0\n")
    whole, short = (
        run("lint", *more, "sshd_config", cwd=tmp_path).out.splitlines()
        for more in ((), ("--no-show-source",))
    )
    shown = run("lint", "--no-show-source", "--show-source", "sshd_config", cwd=tmp_path)
    assert shown.out.splitlines() == whole
    assert whole[1:3] == ["    1 | ClientAliveInterval 0", f"      | {'^' * 21} 0 turns the probes off"]
    assert short == [whole[0], "      = 0 turns the probes off", *whole[3:]]


GROUPS = [
    # what findings are counted by, each line: how many, of what
    ("rule", ["2 deprecated-option", "1 unknown-keyword"]),
    ("host", ["2 collected/web1", "1 collected/web2"]),
    ("file", ["1 collected/web1/.ssh/config", "1 collected/web1/etc/ssh/sshd_config"]),
]


@pytest.mark.parametrize(("group", "counted"), GROUPS)
def test_findings_are_counted_by_rule_host_or_file(group: str, counted: list[str], tmp_path: Path) -> None:
    files = {
        "collected/web1/etc/ssh/sshd_config": "ClientAliveInterval 60\nUseLogin no\n",
        "collected/web1/.ssh/config": "ServerAliveInterval 60\nUseRsh no\n",
        "collected/web2/etc/ssh/sshd_config.d/x.conf": "UseLogn no\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    lines = run("lint", "--group-by", group, "collected", cwd=tmp_path).out.splitlines()
    assert [" ".join(line.split()[:2]) for line in lines[: len(counted)]] == counted
