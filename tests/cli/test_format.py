"""`sshkeep format` as its users call it: options, output, exit codes, undo."""

from pathlib import Path

import pytest

from tests.program import run

BEFORE = b"Port  22 \nMatch User bob\nPermitTTY no\n"
AFTER = b"Port 22\nMatch User bob\n    PermitTTY no\n"
PROVEN = "white space only, and every setting is as before; use --write to write it\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A file to format."""
    path = tmp_path / "sshd_config"
    path.write_bytes(BEFORE)
    return path


@pytest.mark.parametrize("options", [[], ["--diff"]])
def test_the_diff_is_shown(options: list[str], config: Path) -> None:
    done = run("format", *options, config)
    assert done.code == 1
    assert "\n-Port  22 \n" in done.out and "\n+    PermitTTY no\n" in done.out
    assert done.out.endswith(PROVEN)
    assert config.read_bytes() == BEFORE


def test_check_names_the_files(config: Path) -> None:
    assert run("format", "--check", config)[:2] == (1, f"would format {config}\n")
    both = run("format", "--check", "--diff", config)
    assert "\n+Port 22\n" in both.out and both.out.endswith(f"would format {config}\n")
    config.write_bytes(AFTER)
    assert run("format", "--check", config)[:2] == (0, "")


def test_it_is_written_and_taken_back(config: Path) -> None:
    done = run("format", "--write", config)
    assert (done.code, config.read_bytes()) == (0, AFTER)
    assert done.out.startswith(f"formatted {config}\n") and "sshkeep undo " in done.out
    assert run("format", "--write", config)[:2] == (0, "nothing to format\n")
    assert run("undo").code == 0
    assert config.read_bytes() == BEFORE


def test_standard_input_comes_out_formatted() -> None:
    for data in (BEFORE, AFTER):
        done = run("format", "-", "--kind", "sshd_config", stdin=data)
        assert (done.code, done.out) == (0, AFTER.decode())
    assert run("format", "--check", "-", "--kind", "sshd_config", stdin=BEFORE).code == 1


def test_what_is_left_alone_is_named(config: Path) -> None:
    config.write_bytes(BEFORE + b"\0\n")
    done = run("format", "--check", config)
    assert (done.code, done.err) == (0, f"sshkeep: note: {config} is left alone: it holds a NUL byte\n")


@pytest.mark.parametrize("options", [["--check", "--write"], ["-", "--write"], ["-", "sshd_config"]])
def test_what_does_not_go_together(options: list[str], config: Path) -> None:
    assert run("format", *options, config).code == 2
    assert config.read_bytes() == BEFORE
