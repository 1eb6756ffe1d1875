"""`effective` and `idle` where a block asks for the port of the connection (Match LocalPort)."""

from pathlib import Path

import pytest

from sshkeep.trees.this_machine import installed_target
from tests.oracle.installed import openssh
from tests.program import Done, call
from tests.requirements import need

BLOCK = "Match LocalPort 2222\n    ClientAliveInterval 30\n"
TWO = "Port 22\nPort 2222\n" + BLOCK
BEHIND_ADDRESS = "Port 22\nListenAddress 127.0.0.1:2222\n" + BLOCK
ASSUMED = "{path}:{line} asks for the port of the connection: {port} is assumed, as sshd listens on no other"
NOT_GIVEN = "{path}:{line} asks for the port of the connection, which is not given: -C lport={ports}"

CASES = [
    # config, -C, the interval, whether it is sure, what is noted
    ("Port 2222\n" + BLOCK, "", "30", True, ASSUMED.format(path="{path}", line=2, port=2222)),
    ("Port 2222\n" + BLOCK, "user=bob", "30", True, ASSUMED.format(path="{path}", line=2, port=2222)),
    ("Port 2222\n" + BLOCK, "lport=22", "0", True, ""),
    (BLOCK, "", "0", True, ASSUMED.format(path="{path}", line=1, port=22)),
    (BLOCK, "lport=2222", "30", True, ""),
    (TWO, "user=bob", "0", False, NOT_GIVEN.format(path="{path}", line=3, ports="22 or 2222")),
    (TWO, "user=bob,lport=2222", "30", True, ""),
    (
        TWO.replace("2222\n ", "443\n "),
        "",
        "0",
        True,
        NOT_GIVEN.format(path="{path}", line=3, ports="22 or 2222"),
    ),
    (BEHIND_ADDRESS, "", "30", True, ASSUMED.format(path="{path}", line=3, port=2222)),
    (
        TWO.replace("Match", "Match User ann"),
        "user=bob",
        "0",
        True,
        NOT_GIVEN.format(path="{path}", line=3, ports="22 or 2222"),
    ),
    ("Port 2222\nMatch User bob\n    ClientAliveInterval 30\n", "user=bob", "30", True, ""),
]


def ask(text: str, connection: str, folder: Path, *more: str) -> Done:
    config = folder / "sshd_config"
    config.write_text(text)
    told = ["-C", connection] if connection else []
    return call("effective", "--keyword", "ClientAliveInterval", *told, *more, config)


@pytest.mark.parametrize(("text", "connection", "interval", "sure", "note"), CASES)
def test_what_is_assumed_and_what_is_said(
    text: str, connection: str, interval: str, sure: bool, note: str, tmp_path: Path
) -> None:
    done = ask(text, connection, tmp_path)
    assert done.code == 0
    assert done.out.splitlines()[0].startswith(f"ClientAliveInterval {interval}  ")
    assert ("applies: not known" in done.out) is not sure
    said = note.format(path=tmp_path / "sshd_config")
    assert done.err == (f"sshkeep: note: {said}\n" if said else "")


def test_idle_says_the_same(tmp_path: Path) -> None:
    ask("Port 2222\n" + BLOCK, "", tmp_path)
    done = call("idle", "--server", tmp_path / "sshd_config", "--path-timeout", "60")
    assert done.code == 0
    assert done.err == f"sshkeep: note: {ASSUMED.format(path=tmp_path / 'sshd_config', line=2, port=2222)}\n"


def test_sshd_asks_for_the_port_and_answers_the_same_with_it(tmp_path: Path) -> None:
    need("openssh")
    target = installed_target()
    assert target
    text = "Port 2222\n" + BLOCK
    ours = ask(text, "user=bob", tmp_path, "--target", target.name, "--format", "openssh").out.split()
    without, given = (openssh("sshd_config", tmp_path / "sshd_config", each) for each in ("user=bob", "user=bob,lport=2222"))  # fmt: skip
    assert "'lport' not in connection test" in without.said
    assert given.settings["clientaliveinterval"] == [ours[1]] == ["30"]


def test_lint_judges_the_connections_of_every_port(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text(TWO.replace("30", "0"))
    done = call("lint", "--select", "client-alive-interval", tmp_path / "sshd_config")
    assert "sshd_config:4:" in done.out
