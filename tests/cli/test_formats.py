"""The one table of formats: every row works, and what a command does not have is refused."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from sshkeep.cli.formats import FORMATS, Format
from tests.docs.pages import PLACE, written_pages
from tests.program import run

ARGUMENTS: dict[str, list[str]] = {
    "lint": ["lint", "sshd_config"],
    "fix": ["fix", "sshd_config"],
    "set": ["set", "Port", "23", "sshd_config"],
    "effective": ["effective", "sshd_config"],
    "idle": ["idle", "--server", "sshd_config", "--path-timeout", "300"],
    "hosts": ["hosts", "ssh_config"],
    "targets": ["targets"],
    "rule": ["rule", "client-alive-interval"],
    "undo": ["undo", "--list"],
    "profiles": ["profiles"],
    "audit": ["audit", "--profile", "cis", "sshd_config"],
}
ROWS = [(command, format) for command, formats in FORMATS.items() for format in formats]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 0\n")
    (tmp_path / "ssh_config").write_text("Host web\n    ServerAliveInterval 60\n")
    return tmp_path


def test_every_command_with_formats_is_called_here() -> None:
    assert set(ARGUMENTS) == set(FORMATS)


def test_every_format_is_one_of_a_command() -> None:
    assert {format for _, format in ROWS} == set(get_args(Format))


def test_no_text_of_a_file_ends_the_block_of_a_diff(config: Path) -> None:
    path = config / "sshd_config"
    path.write_text("ClientAliveInterval 0\n# ````<b>\n#```\n")
    for command in (["fix"], ["set", "ClientAliveInterval", "60"]):
        out = run(*command, path, "--format", "markdown").out.splitlines()
        assert (out[0], out.count("`````")) == ("`````diff", 1)
        assert out[1 : out.index("`````")][2:] == [
            "@@ -1,3 +1,3 @@",
            "-ClientAliveInterval 0",
            "+ClientAliveInterval 60",
            " # ````<b>",
            " #```",
        ]


@pytest.mark.parametrize(("command", "format"), ROWS)
def test_a_row_names_a_function(command: str, format: Format) -> None:
    module, _, name = FORMATS[command][format].partition(":")
    assert callable(getattr(import_module(f"sshkeep.cli.{module}"), name, None)), FORMATS[command][format]


@pytest.mark.parametrize(("command", "format"), ROWS)
def test_a_format_prints_something(
    command: str, format: Format, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(config / "state"))
    done = run(*ARGUMENTS[command], "--format", format, cwd=config)
    assert done.code in (0, 1), done.err
    assert done.out or (command, format) == ("undo", "text")


@pytest.mark.parametrize("command", FORMATS)
def test_another_format_is_refused(command: str, config: Path) -> None:
    for format in {*get_args(Format), "sarif-2"} - set(FORMATS[command]):
        done = run(*ARGUMENTS[command], "--format", format, cwd=config)
        assert (done.code, done.out) == (2, "")
        assert all(f"'{name}'" in done.err for name in FORMATS[command]), done.err


@pytest.mark.parametrize(("command", "format"), ROWS)
def test_the_documentation_names_it(command: str, format: Format) -> None:
    """Beside the command, where people write: the help would name it in any case."""
    written = "".join(PLACE.sub("", page.read_text("utf-8")) for page in written_pages())
    if command == "lint":
        place = rf"^\| ([a-z]+, )*{format}\b.* \|"
    elif format in ("text", "json"):
        place = rf"--format {format}\b|^\| {format}\b"
    else:
        place = rf"\b{command} [^`\n]*--format {format}\b"
    assert re.search(place, written, re.MULTILINE), f"no page names --format {format} of {command}"
