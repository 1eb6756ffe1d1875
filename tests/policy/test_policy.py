"""A policy file: what it changes, and how its mistakes are told."""

import json
from pathlib import Path

import pytest

from tests.program import run

CONFIG = "Port 22\nKeepAlive yes\n"
OLD_NAME = ("keep-alive", "info", "write TCPKeepAlive")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "sshd_config"
    path.write_text(CONFIG)
    return path


def lint(config: Path, policy: str, *arguments: str) -> list[tuple[str, str, str]]:
    """Rule, severity and fix of each finding."""
    file = config.with_name("sshkeep.yaml")
    file.write_text(policy)
    report = json.loads(run("lint", "--format", "json", "--policy", file, *arguments, config).out)
    return [(f["rule"], f["severity"], f["fix"]["title"].split(" (")[0]) for f in report["findings"]]


@pytest.mark.parametrize(
    ("policy", "arguments", "found"),
    [
        ("", [], [("tcp-keep-alive", "warning", "ClientAliveInterval 60")]),
        ("target: debian-12\n", [], [("tcp-keep-alive", "warning", "ClientAliveInterval 30")]),
        (
            "target: debian-12\n",
            ["--target", "debian-13"],
            [("tcp-keep-alive", "warning", "ClientAliveInterval 60")],
        ),
        ("select: [keep-alive]\n", [], [OLD_NAME]),
        (
            "select: [keep-alive]\n",
            ["--select", "client-alive-interval"],
            [("client-alive-interval", "warning", "ClientAliveInterval 60")],
        ),
        (
            "ignore: [tcp-keep-alive]\nrules:\n  client-alive-interval: {severity: error, seconds: 20}\n",
            ["--ignore", "keep-alive"],
            [("client-alive-interval", "error", "ClientAliveInterval 20")],
        ),
    ],
)
def test_a_policy_chooses(
    policy: str, arguments: list[str], found: list[tuple[str, str, str]], config: Path
) -> None:
    assert set(lint(config, policy, *arguments)) - {OLD_NAME} == set(found) - {OLD_NAME}


@pytest.mark.parametrize(
    ("policy", "place", "words"),
    [
        ("target: openssh-7.9\n", "1:1", "outside the releases"),
        ("targets: x\n", "1:1", "targets"),
        ("rules:\n  no-such-rule: {}\n", "2:3", "no rule is called no-such-rule"),
        ("rules:\n  keep-alive:\n    seconds: 5\n", "3:5", "keep-alive has no option seconds"),
        ("rules:\n  client-alive-interval:\n    seconds: soon\n", "3:5", "valid integer"),
        ("rules:\n  client-alive-interval:\n    seconds: 0\n", "3:5", "must be 1 or more"),
        ("rules:\n  client-alive-interval:\n    severity: fatal\n", "3:5", "severity"),
        ("a: [\n", "2:1", "expected"),
        ("- a\n", "1:1", "mapping"),
    ],
)
def test_a_mistake_is_told_with_its_place(policy: str, place: str, words: str, config: Path) -> None:
    file = config.with_name("sshkeep.yaml")
    file.write_text(policy)
    done = run("lint", "--policy", file, config)
    assert done.code == 2
    assert done.err.startswith(f"sshkeep: {file}:{place}: ")
    assert words in done.err
    assert done.err.count("\n") == 1


def test_a_policy_that_is_not_there(config: Path) -> None:
    done = run("lint", "--policy", config.with_name("none.yaml"), config)
    assert (done.code, "Traceback" in done.err) == (2, False)
