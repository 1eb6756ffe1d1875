"""Editors as people use them: what they save is what ``sshkeep fix --write`` makes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import sshkeep
from sshkeep.lsp.documents import KIND_OF_LANGUAGE
from tests.program import ROOT, run
from tests.requirements import need

SESSIONS = ROOT / "tests" / "lsp"
PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")
SETUPS = sorted(path.name for path in (ROOT / "editors").iterdir() if path.is_file())
EXAMPLE = ROOT / "examples" / "debian-server" / "sshd_config"
TEXTS = {
    "stock": EXAMPLE.read_bytes(),
    "CRLF, Japanese, emoji": "# 日本語 😀\r\nClientAliveInterval 0 # 日\r\nUsePrivilegeSeparation no\r\n".encode(),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("editor", ["nvim", "emacs"])
def test_what_an_editor_saves_is_fixed(editor: str, text: str, tmp_path: Path) -> None:
    need(editor)
    edited, fixed = (tmp_path / name / "sshd_config" for name in ("edited", "fixed"))
    (tmp_path / "sshkeep.yaml").write_text("target: debian-12\n")
    for path in (edited, fixed):
        path.parent.mkdir()
        path.write_bytes(TEXTS[text])
    found = sshkeep.lint(edited, target="debian-12").findings
    assert run("fix", "--write", "--target", "debian-12", fixed).code == 0
    session = _neovim if editor == "nvim" else _emacs
    assert session(edited, tmp_path) == [each.rule for each in found]
    assert edited.read_bytes() == fixed.read_bytes()


@pytest.mark.parametrize("name", SETUPS)
def test_the_documentation_shows_how_to_set_up_each_editor(name: str) -> None:
    setup = (ROOT / "editors" / name).read_text("utf-8")
    assert f"\n{setup}```\n" in PAGE


def test_the_extension_for_vs_code_has_the_settings_of_the_server() -> None:
    folder = ROOT / "editors" / "vscode"
    package = json.loads((folder / "package.json").read_text("utf-8"))
    settings = set(package["contributes"]["configuration"]["properties"])
    documented = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert settings == {"sshkeep.path", *(f"sshkeep.{name}" for name in documented)}
    languages = {each["id"] for each in package["contributes"]["languages"]}
    assert languages <= set(KIND_OF_LANGUAGE) and package["version"] == sshkeep.__version__
    assert (folder / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def _neovim(file: Path, folder: Path) -> list[str]:
    """Open the file, fix all, save; returns the rules of the diagnostics."""
    nvim = ["nvim", "--headless", "-u", str(ROOT / "editors" / "neovim.lua"), "-i", "NONE", "-n"]
    seen = _session([*nvim, str(file), "-c", f"luafile {SESSIONS / 'session.lua'}"], file, folder)
    diagnostics: list[dict[str, str]] = seen["diagnostics"]
    return [each["code"] for each in diagnostics]


def _emacs(file: Path, folder: Path) -> list[str]:
    """The same; eglot shows the rule at the start of each text."""
    setup = ROOT / "editors" / "emacs.el"
    texts = _session(["emacs", "--batch", "-l", str(setup), "-l", str(SESSIONS / "session.el")], file, folder)
    return [str(text).split("[")[1].split("]")[0] for text in texts]


def _session(command: list[str], file: Path, folder: Path) -> Any:
    """What the session saw, as it wrote it."""
    seen = folder / "seen.json"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder),
        "FILE": str(file),
        "SEEN": str(seen),
        "XDG_STATE_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    done = subprocess.run(command, env=environment, capture_output=True, timeout=300)
    told = seen.read_text() if seen.exists() else ""
    assert done.returncode == 0, (told, done.stderr.decode())
    return json.loads(told)
