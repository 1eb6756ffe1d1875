"""What sshkeep suggests where a word is not a name that it knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.cli.declarations import COMMAND_NAMES, parameters
from sshkeep.cli.effective import effective
from sshkeep.cli.fix import fix
from sshkeep.cli.idle import idle
from sshkeep.cli.lint import lint
from sshkeep.cli.wrong_words import FOREIGN_COMMANDS, FOREIGN_OPTIONS
from sshkeep.lookup import LOOKUPS, near_names, suggestion
from tests.program import run

OPTION_NAMES = {
    "--help",
    "--version",
    *(
        spelling
        for command in (lint, fix, idle, effective)
        for hint in parameters(command).values()
        for spelling in getattr(hint.__metadata__[0], "names", ())
    ),
}
CONFIG = "PermitRootLogin prohibit-pasword\nCiphers aes256-gcm\n"
CASES = [
    # what kind of word is wrong, the command, what the error or the report has
    ("command", "lnt", "did you mean lint?"),
    ("command", "targt", "did you mean targets?"),
    ("command", "policy chek", "did you mean check?"),
    ("command", "check sshd_config", "did you mean sshkeep lint?"),
    ("command", "rollback", "did you mean sshkeep undo?"),
    ("command", "policy version", "No such command"),
    ("option", "lint --fix sshd_config", "did you mean sshkeep fix, which shows the change?"),
    ("option", "fix --dry-run sshd_config", "did you mean sshkeep fix without --write"),
    ("option", "fix -y sshd_config", "did you mean --write?"),
    ("option", "effective -f sshd_config", "did you mean sshkeep effective FILE, without an option?"),
    ("group", "rule --group keepalve", "did you mean keepalive?"),
    ("option", "lint --slect x", "did you mean --select?"),
    ("option", "idle --paht x", "did you mean --path?"),
    ("choice", "lint --format jsn sshd_config", "did you mean json?"),
    ("choice", "lint --fail-on warn sshd_config", "did you mean warning?"),
    ("rule and no group", "lint --select keepalve sshd_config", "keepalive"),
    ("rule and no group", "lint --ignore ClientAliveInterval sshd_config", "did you mean client-alive-interval?"),
    ("rule", "rule ClientAliveInterval", "did you mean client-alive-interval?"),
    ("rule", "rule zzz", "`sshkeep rule` lists them"),
    ("keyword", "explain ClientAliveIntervl", "did you mean ClientAliveInterval?"),
    ("keyword", "effective --keyword PermitRotLogin sshd_config", "did you mean PermitRootLogin?"),
    ("keyword", "set PermitRotLogin no sshd_config", "did you mean PermitRootLogin?"),
    ("value", "set PermitRootLogin prohibit-pasword sshd_config", "did you mean prohibit-password?"),
    ("value", "set Ciphers aes128-gmc@openssh.com sshd_config", "did you mean aes128-gcm@openssh.com?"),
    ("value", "lint --target 9.2 sshd_config", "; did you mean prohibit-password?"),
    ("value", "lint --target 9.2 sshd_config", "^ did you mean aes256-gcm@openssh.com?"),
    ("target", "lint --target debain-12 sshd_config", "did you mean debian-12?"),
    ("target", "lint --target bookwrm sshd_config", "did you mean bookworm?"),
    ("target", "lint --target zzz sshd_config", "`sshkeep targets` lists them"),
    ("path", "idle --path azure-loadbalancer", "did you mean azure-load-balancer?"),
    ("path", "hosts ssh_config --path aws-nat", "did you mean aws-nat-gateway?"),
    ("path", "idle --path zzz", "`sshkeep idle --list-paths` lists them"),
    ("profile", "policy init x.yaml --extend ciss", "did you mean cis?"),
    ("profile", "lint --policy profile.yaml sshd_config", "did you mean mozilla?"),
    ("key", "policy check key.yaml", "did you mean rules?"),
    ("client program", "idle --client-program puty", "did you mean putty?"),
    ("client program", "idle --client-program kitty9", "there are putty, teraterm"),
]  # fmt: skip

MISPLACED = [
    ("lint ClientAliveInterval", "ClientAliveInterval is a keyword: `sshkeep explain ClientAliveInterval`"),
    ("effective serveraliveinterval", "`sshkeep explain ServerAliveInterval`"),
    ("hosts ProxyJump", "`sshkeep explain ProxyJump`"),
    ("lint sshd_confg", "did you mean sshd_config?"),
    ("idle --server sub/sshd_confg", "did you mean sub/sshd_config?"),
    ("explain sshd_config", "the keyword comes first: sshkeep explain KEYWORD sshd_config"),
    ("explain /etc/ssh/sshd_config", "sshkeep explain KEYWORD /etc/ssh/sshd_config"),
    ("explain sshd_config port", "sshkeep explain port sshd_config"),
    ("effective --keyword sub/sshd_config", "that is a file, and the keyword comes before it"),
    ("set sub/sshd_config Port sshd_config", "that is a file, and the keyword comes before it"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for name in ("sshd_config", "sub/sshd_config"):
        (tmp_path / name).write_text(CONFIG)
    (tmp_path / "ssh_config").write_text("Host web\n")
    (tmp_path / "profile.yaml").write_text("extend: mozila\n")
    (tmp_path / "key.yaml").write_text("rule: {}\n")
    return tmp_path


@pytest.mark.parametrize(("kind", "command", "said"), CASES)
def test_what_was_meant_is_suggested(kind: str, command: str, said: str, folder: Path) -> None:
    done = run(*command.split(), cwd=folder)
    assert done.code in (1, 2)
    assert said in done.err + done.out


def test_every_kind_of_name_is_tried() -> None:
    assert {kind for kind, _, _ in CASES} == set(LOOKUPS)


@pytest.mark.parametrize(("command", "said"), MISPLACED)
def test_a_word_in_the_place_of_another_is_recognized(command: str, said: str, folder: Path) -> None:
    done = run(*command.split(), cwd=folder)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    "meant",
    sorted({*FOREIGN_COMMANDS.values(), *(m for each in FOREIGN_OPTIONS.values() for m in each.values())}),
)
def test_what_is_known_of_other_programs_exists(meant: str) -> None:
    words = meant.partition(",")[0].format(command="fix").split()
    names = [word for word in words if word.islower() and not word.startswith("-")]
    if "sshkeep" in names:
        assert names[1:2] == [] or names[1] in COMMAND_NAMES
    assert all(word in OPTION_NAMES for word in words if word.startswith("--"))


def test_no_command_is_known_as_another() -> None:
    assert not FOREIGN_COMMANDS.keys() & {*COMMAND_NAMES}


NAMES = [
    "debian-12",
    "debian-13",
    "keep-alive",
    "keepalive",
    "aws-nat-gateway",
    "aws-nlb",
    "ClientAliveInterval",
]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("debain-12", ["debian-12"]),
        ("debian12", ["debian-12"]),
        ("KeepAlive", ["keep-alive", "keepalive"]),
        ("aws", ["aws-nat-gateway", "aws-nlb"]),
        ("client_alive_interval", ["ClientAliveInterval"]),
        ("clien", ["ClientAliveInterval"]),
        ("cl", []),
        ("zzz", []),
        ("", []),
        ("-", []),
    ],
)
def test_near_names(word: str, near: list[str]) -> None:
    assert near_names(word, NAMES) == near


@given(st.text(), st.lists(st.text(), max_size=5))
def test_any_text_is_looked_up(word: str, names: list[str]) -> None:
    assert set(near_names(word, names)) <= set(names)
    assert isinstance(suggestion("rule", word, names), str)
