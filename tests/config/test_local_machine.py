"""Where ssh's own idea of the user counts, and not the environment's."""

import os
import subprocess
from pathlib import Path

import pytest

from sshkeep.config.local_machine import DiskFacts, home_directory, read_local_machine
from tests.requirements import need


def test_home_is_the_password_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name != "posix":
        pytest.skip("there is no password database")
    monkeypatch.setenv("HOME", "/nowhere")
    assert home_directory() == read_local_machine().home == DiskFacts().home != "/nowhere"


def test_ssh_expands_the_same_home(tmp_path: Path) -> None:
    need("openssh")
    file = tmp_path / "ssh_config"
    file.write_text("ControlPath ~/%%/x\nIdentityAgent %d/y\n")
    done = subprocess.run(
        ["ssh", "-G", "-F", file, "web"],
        env={**os.environ, "HOME": "/nowhere"},
        capture_output=True,
        text=True,
    )
    assert f"controlpath {home_directory()}/%/x" in done.stdout.splitlines()
    assert f"identityagent {home_directory()}/y" in done.stdout.splitlines()
