"""Lists, pages, tables and help fit the terminal, and long ones go through the user's pager there."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from sshkeep.cli.pager import pager_command
from sshkeep.output.terminal import cells
from sshkeep.output.wrapping import wrapped
from tests.program import ROOT, run

WIDTHS = (40, 60, 80, 120)
SERVER = ROOT / "examples" / "debian-server" / "sshd_config"
HOSTS = "Host web.example.org db\n  ServerAliveInterval 30\nHost *\n  ProxyJump gate.example.org\n"
COMMANDS = (
    ("rule",),
    ("rule", "keepalive-too-quick"),
    ("explain", "Ciphers"),
    ("explain", "TCPKeepAlive"),
    ("idle", "--list-paths"),
    ("idle", "--server", str(SERVER), "--server-target", "debian-12"),
    ("idle", "--server", str(SERVER), "--path", "azure-load-balancer"),
    ("idle", "--lang", "ja", "--list-paths"),
    ("idle", "--lang", "ja", "--server", str(SERVER), "--server-target", "debian-12"),
    ("idle", "--lang", "ja", "--server", str(SERVER), "--path", "aws-nat-gateway"),
    ("hosts", "FILE"),
    ("profiles",),
    ("--help",),
    ("lint", "--help"),
    ("idle", "--help"),
    ("policy", "check", "--help"),
)


def _is_pasted(line: str) -> bool:
    """A command, an example, an address or a name that is not broken, since it may be pasted."""
    return line.startswith(("  sshkeep set ", "    ")) or len(line.split()) == 1


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_fits(command: tuple[str, ...], columns: int, tmp_path: Path) -> None:
    file = tmp_path / "ssh_config"
    file.write_text(HOSTS)
    done = run(*(file if word == "FILE" else word for word in command), columns=columns)
    assert done.out
    wide = [line for line in done.out.splitlines() if cells(line) > columns and not _is_pasted(line)]
    assert wide == []


@pytest.mark.parametrize("command", [(), ("policy",)], ids=["sshkeep", "policy"])
def test_a_list_of_commands_cuts_no_sentence(command: tuple[str, ...]) -> None:
    listed = run(*command, "--help", columns=80).out.partition("Commands:")[2]
    assert listed
    assert [line for line in listed.splitlines() if line.endswith("...")] == []


def test_help_names_the_program_as_it_is_installed() -> None:
    assert run("lint", "--help").out.startswith("Usage: sshkeep lint ")


@pytest.mark.parametrize("columns", WIDTHS)
def test_columns_of_the_rules_are_aligned(columns: int) -> None:
    lines = run("rule", columns=columns).out.splitlines()
    entries = [line for line in lines if line.startswith("  ") and not line.startswith("   ")]
    assert len({line.index(line.split()[1], len(line.split()[0]) + 2) for line in entries}) == 1


def test_effective_in_a_pipe_has_the_whole_value_on_one_line() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-m", "sshkeep", "effective", SERVER, "--keyword", "Ciphers"],
        capture_output=True, encoding="utf-8", env=environment, cwd=ROOT,
    )  # fmt: skip
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["Ciphers"]


def test_explain_has_one_spelling_of_a_switch() -> None:
    assert "takes     yes or no\n  default   yes (" in run("explain", "TCPKeepAlive").out


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("value", ["日本語", "e\u0301e\u0301", "ﾃｽﾄ日本e\u0301"])
def test_the_caret_is_under_wide_and_combining_characters(value: str, columns: int, tmp_path: Path) -> None:
    file = tmp_path / "ssh_config"
    file.write_text(f"Host * # {'日本語 ' * 3}\n  ServerAliveInterval 60\n  Port {value}\n")
    lines = run("lint", "--select", "bad-value", file, columns=columns).out.splitlines()
    at = next(number for number, line in enumerate(lines) if "^" in line)
    text, mark = lines[at - 1], lines[at]
    assert cells(mark.partition("^")[0]) == cells(text.partition(value)[0])
    assert mark.count("^") == cells(value)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("日本語のコメント", 10, ["日本語のコ", "メント"]),
        ("日本語です。次", 10, ["日本語で", "す。次"]),
        ("ssh は「日本」", 8, ["ssh は", "「日本」"]),
        ("after 5 min 50 s", 12, ["after", "5 min 50 s"]),
        ("é́é́é́ x", 5, ["é́é́é́ x"]),
        ("", 5, []),
    ],
)
def test_wrapping_counts_columns(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width, "", "") == lines


@pytest.mark.parametrize(
    ("environment", "as_other_user", "programs"),
    [
        ({"TERM": "xterm", "PAGER": "cat"}, False, []),
        ({"TERM": "xterm", "PAGER": ""}, False, []),
        ({"TERM": "dumb", "PAGER": "sed -n p"}, False, []),
        ({"PAGER": "sed -n p"}, False, []),
        ({"TERM": "xterm", "PAGER": "sed -n p"}, False, ["sed", "-n", "p"]),
        ({"TERM": "xterm", "PAGER": "'sed"}, False, []),
        ({"TERM": "xterm", "PAGER": "no-such-program"}, False, []),
        ({"TERM": "xterm", "PAGER": ""}, True, []),
    ],
)
def test_the_pager(environment: dict[str, str], as_other_user: bool, programs: list[str]) -> None:
    command = pager_command(environment, as_other_user=as_other_user)
    assert [os.path.basename(command[0]), *command[1:]] == programs if programs else command == []


def test_with_rights_of_another_user_it_is_less_or_none() -> None:
    command = pager_command({"TERM": "xterm", "PAGER": "sed -n p"}, as_other_user=True)
    assert command in ([], ["/usr/bin/less"], ["/bin/less"])


@pytest.mark.parametrize(
    ("arguments", "environment", "rows", "paged"),
    [
        (["targets"], {}, 24, True),
        (["targets"], {}, 400, False),
        (["targets", "--no-pager"], {}, 24, False),
        (["rule"], {}, 24, True),
        (["rule"], {"PAGER": "cat"}, 24, False),
        (["rule"], {"SUDO_UID": "1000", "LESS": "FRX"}, 400, False),
        (["explain", "Ciphers"], {}, 24, False),
    ],
)
def test_long_lists_are_paged_in_a_terminal(
    arguments: list[str], environment: dict[str, str], rows: int, paged: bool
) -> None:
    shown = _in_a_terminal(arguments, {"PAGER": "sed s/^/PAGED:/", **environment}, rows)
    assert [line.startswith("PAGED:") for line in shown] == [paged] * len(shown)
    assert len(shown) > 10


def _in_a_terminal(
    arguments: list[str], environment: dict[str, str], rows: int, columns: int = 80
) -> list[str]:
    """The lines that a terminal gets."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    plain = {
        name: value for name, value in os.environ.items() if name not in ("COLUMNS", "SUDO_UID", "PAGER")
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "sshkeep", *arguments],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=follower, env={**plain, "TERM": "xterm", "NO_COLOR": "1", **environment},
    )  # fmt: skip
    os.close(follower)
    got = b""
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:  # Linux: the other side is closed
            break
        if not data:
            break
        got += data
    os.close(leader)
    assert process.wait(30) == 0
    return got.decode().replace("\r", "").splitlines()


@pytest.mark.parametrize("columns", WIDTHS)
def test_effective_fits_a_terminal(columns: int) -> None:
    shown = _in_a_terminal(["effective", str(SERVER), "--no-pager"], {}, 24, columns)
    assert [line for line in shown if cells(line) > columns and not _is_pasted(line)] == []
    assert len(shown) > 80
