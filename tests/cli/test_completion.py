"""What Tab completes: asked of sshkeep itself, and of the real shells."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sshkeep.cli.complete import BY_METAVAR, BY_OPTION, FILES, FOLDERS, candidates
from sshkeep.cli.declarations import CommandOption
from sshkeep.cli.plain_arguments import Parameter
from sshkeep.lint.registry import all_rules
from tests.cli.test_plain_arguments import ALL
from tests.program import run
from tests.requirements import need

CASES = [
    # what is typed, what is among the answers, what is not
    ("", ["lint", "completion"], ["--help"]),
    ("lint ", [""], ["lint"]),
    ("lint --", ["--target", "--format"], ["lint", "--write"]),
    ("lint --target ", ["debian-12", "bookworm", "auto", "rhel-9"], ["--format"]),
    ("lint --target=", ["--target=debian-12"], ["debian-12"]),
    ("lint --select ", ["keepalive", "ALL", "client-alive-interval"], ["debian-12"]),
    ("lint --ignore keepalive,", ["keepalive,client-alive-interval"], ["client-alive-interval"]),
    ("lint --format ", ["sarif", "text"], ["svg"]),
    ("lint --format json --format ", ["sarif"], []),
    ("lint --fail-on ", ["never"], ["text"]),
    ("lint --profile ", ["cis"], []),
    ("lint --policy ", ["", "none"], []),
    ("lint --target debian-12 -- --", [""], ["--target"]),
    ("effective --keyword ", ["ClientAliveInterval", "ServerAliveInterval"], []),
    ("set ", ["PermitRootLogin"], [""]),
    ("set --write PermitRootLogin ", [""], ["Port"]),
    ("explain ", ["ServerAliveInterval"], [""]),
    ("explain Port ", [""], ["Port"]),
    ("rule ", ["client-alive-interval"], ["keepalive"]),
    ("rule client-alive-interval ", [], ["client-alive-interval", ""]),
    ("idle --path ", ["aws-nat-gateway"], []),
    ("idle --server ", [""], []),
    ("policy ", ["init", "check"], [""]),
    ("policy init --extend ", ["cis"], []),
    ("completion ", ["bash", "zsh", "fish"], []),
    ("undo ", [], ["client-alive-interval"]),
    ("no-such-command ", [], ["lint"]),
]


@pytest.mark.parametrize(("typed", "among", "without"), CASES)
def test_what_may_stand_there(typed: str, among: list[str], without: list[str]) -> None:
    words = [word for word, _ in candidates(typed.split(" "))]
    assert {*among} <= {*words} and not {*without} & {*words}
    assert among or not words


def test_help_is_one_line() -> None:
    for typed, word in (("set ", "ClientAliveInterval"), ("rule ", "no-liveness"), ("lint --", "--target")):
        answers = dict(candidates(typed.split(" ")))
        assert answers[word]
        assert all("\n" not in help and "\t" not in word + help for word, help in answers.items())
    assert {word for word, _ in candidates(["rule", ""])} == {*all_rules()}


FREE = {"SECONDS", "TIME", "NUMBER", "KEY=VALUE,...", "LINE", "ID"}
"""Values that nothing can propose, by how the help names them."""
FREE_OPTIONS = {"--host", "--user", "--local-user", "--drop-in-name", "--client-program"}


@pytest.mark.parametrize("command", ALL)
def test_every_value_of_an_option_is_known_or_free(command: str) -> None:
    for name, hint in ALL[command].__annotations__.items():
        if name == "return" or not isinstance(hint.__metadata__[0], CommandOption):
            continue
        parameter, option = Parameter(name, hint, False), hint.__metadata__[0]
        known = parameter.type is bool or option.choices or getattr(parameter.type, "__args__", ())
        known = known or option.names[0] in {*BY_OPTION, *FREE_OPTIONS}
        assert known or option.metavar in {*BY_METAVAR, *FREE}, option.names
    assert {FILES, FOLDERS} == {each for values in BY_METAVAR.values() for each in values}


def test_bash_gets_what_is_behind_the_equals_sign() -> None:
    asked = ["--complete", "bash", "lint", "--target", "=", "debian-1"]
    assert "debian-12" in [line.partition("\t")[0] for line in run(*asked).out.splitlines()]
    assert "--target=debian-12\t" in run("--complete", "zsh", "lint", "--target=debian-1").out


def test_a_rule_of_the_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "sshkeep.yaml").write_text("rules_folder: x\n")
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.py").write_text("open('ran', 'w')\n")
    run("--complete", "zsh", "lint", "--rules", "x", "--select", "", cwd=tmp_path)
    assert not (tmp_path / "ran").exists()


# The real shells. Each types a line, Tab, and then `echo` in front of it.

IN_SHELLS = [
    ("sshkeep idl", "sshkeep idle"),
    ("sshkeep lint --stat", "sshkeep lint --statistics"),
    ("sshkeep lint --target debian-12 --fail-on nev", "sshkeep lint --target debian-12 --fail-on never"),
    ("sshkeep lint --target=boo", "sshkeep lint --target=bookworm"),
    ("sshkeep lint --select client-alive-i", "sshkeep lint --select client-alive-interval"),
    ("sshkeep set PermitRootL", "sshkeep set PermitRootLogin"),
    ("sshkeep idle --path aws-nat", "sshkeep idle --path aws-nat-gateway"),
    ("sshkeep lint --profile moz", "sshkeep lint --profile mozilla"),
    ("sshkeep lint --format chec", "sshkeep lint --format checkstyle"),
    ("sshkeep lint sshd_c", "sshkeep lint sshd_config"),
    ("sshkeep lint --root my", "sshkeep lint --root my folder/"),
]

STARTS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "source /usr/share/bash-completion/bash_completion; bind 'set bell-style none'",
    ),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -D; unsetopt beep; bindkey -e"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with something to complete, and a program ``sshkeep``."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "sshkeep"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m sshkeep "$@"\n')
    program.chmod(0o755)
    (tmp_path / "my folder").mkdir()
    (tmp_path / "sshd_config").touch()
    (tmp_path / "my file").touch()
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    checkout = Path(__file__).parents[2]
    path = f"{folder}/bin:{os.environ['PATH']}"
    return {
        "PATH": path,
        "PYTHONPATH": str(checkout),
        "HOME": str(folder),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def terminal(folder: Path, request: pytest.FixtureRequest) -> Iterator[int]:
    """The terminal of a shell that has read what `sshkeep completion` prints."""
    need("shells")
    command, start = STARTS[request.param]
    ours, theirs = pty.openpty()
    shell = subprocess.Popen(
        command, cwd=folder, env=environment(folder), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )  # fmt: skip
    os.close(theirs)
    write(ours, f'{start}; eval "$(sshkeep completion {request.param})"; echo rea""dy\n')
    read_until(ours, "ready")
    yield ours
    shell.kill()
    shell.wait()
    os.close(ours)


def write(terminal: int, text: str) -> None:
    os.write(terminal, text.encode())


def read_until(terminal: int, end: str) -> str:
    """What the terminal shows up to ``end``."""
    shown, deadline = "", time.monotonic() + 60
    while end not in shown and time.monotonic() < deadline:
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536).decode("utf-8", "replace")
    assert end in shown, shown
    return shown


@pytest.mark.parametrize("terminal", STARTS, indirect=True)
def test_bash_and_zsh_complete(terminal: int) -> None:
    for number, (typed, completed) in enumerate(IN_SHELLS):
        write(terminal, f"{typed}\t")
        # Ctrl-A is read when the completion is done.
        write(terminal, f"\x01echo {number}: \x05 :e''nd\n")
        shown = read_until(terminal, ":end")
        assert f"{number}: {completed.rstrip('/')}" in shown.replace("/ :end", " :end"), typed


@pytest.mark.parametrize(("typed", "completed"), IN_SHELLS)
def test_fish_completes(typed: str, completed: str, folder: Path) -> None:
    need("shells")
    script = f"sshkeep completion fish | source; complete -C '{typed}'"
    done = subprocess.run(["fish", "-c", script], cwd=folder, env=environment(folder), capture_output=True, text=True)  # fmt: skip
    words = [line.partition("\t")[0].replace("\\ ", " ") for line in done.stdout.splitlines()]
    assert completed.removeprefix(typed.rpartition(" ")[0] + " ") in words, done.stdout + done.stderr
