"""`effective` and `idle` of several --host: what they print for each alone, one after the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sshkeep.output.schemas.generate import report_model
from tests.program import Done, run

CONFIG = (
    "Host web\n    ServerAliveInterval 60\nHost db gone\n    User root\nMatch host gone\n    ProxyJump gone\n"
)
COMMANDS = {
    "effective": ["effective", "ssh_config", "--keyword", "ServerAliveInterval,User"],
    "idle": ["idle", "--client", "ssh_config"],
}
HOSTS = ["web", "db", "gone"]


def ask(command: str, hosts: list[str], folder: Path, *more: str) -> Done:
    (folder / "ssh_config").write_text(CONFIG)
    named = [word for host in hosts for word in ("--host", host)]
    return run(*COMMANDS[command], *named, *more, cwd=folder)


@pytest.mark.parametrize("command", COMMANDS)
def test_text(command: str, tmp_path: Path) -> None:
    alone = {host: ask(command, [host], tmp_path) for host in HOSTS}
    together = ask(command, HOSTS, tmp_path)
    assert together.out == "\n".join(f"host {host}:\n{done.out}" for host, done in alone.items())
    assert together.code == max(done.code for done in alone.values()) == 1
    assert together.err == "".join(done.err for done in alone.values())


@pytest.mark.parametrize("command", COMMANDS)
def test_json(command: str, tmp_path: Path) -> None:
    alone = {host: json.loads(ask(command, [host], tmp_path, "--format", "json").out) for host in HOSTS}
    done = ask(command, HOSTS, tmp_path, "--format", "json")
    report = json.loads(done.out)
    assert report_model(f"{command}_hosts").model_validate(report).model_dump(mode="json") == report
    assert report["exit_code"] == done.code == 1
    assert [{"version": 1, **each["report"]} for each in report["hosts"]] == list(alone.values())
    assert [each["host"] for each in report["hosts"]] == HOSTS


@pytest.mark.parametrize("command", COMMANDS)
def test_a_host_that_is_given_twice_is_one(command: str, tmp_path: Path) -> None:
    for format in ("text", "json"):
        one, two = (ask(command, hosts, tmp_path, "--format", format) for hosts in (["web"], ["web", "web"]))
        assert one == two


def test_as_openssh_prints_it(tmp_path: Path) -> None:
    alone = [ask("effective", [host], tmp_path, "--format", "openssh") for host in HOSTS]
    together = ask("effective", HOSTS, tmp_path, "--format", "openssh")
    assert together.out == "".join(
        f"# ssh -G {host}\n{done.out}" for host, done in zip(HOSTS, alone, strict=True)
    )


def test_a_picture_is_of_one_host(tmp_path: Path) -> None:
    done = ask("idle", HOSTS, tmp_path, "--format", "svg", "--path-timeout", "300")
    assert (done.code, done.out) == (2, "")
    assert "a picture is of one host" in done.err


@pytest.mark.parametrize("command", [["effective", "sshd_config"]])
def test_what_is_for_one_language_stays_so(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("Port 22\n")
    done = run(*command, "--host", "a", "--host", "b", cwd=tmp_path)
    assert done.code == 2 and "--host is for an ssh_config" in done.err
