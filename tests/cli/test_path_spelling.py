"""A config is the same however its path is spelt: every command says and does the same."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import call

CONFIGS = {
    "sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\nPort 22\n",
    "sshd_config.d/50-a.conf": "ClientAliveInterval 0\n",
    "ssh_config": "Include *.conf\nHost *\n    ServerAliveInterval 0\n",
    "10-a.conf": "User alice\n",
    "sshkeep.yaml": "rules:\n  log-level: {severity: error}\n",
}

Spelling = tuple[Path, str]
"""The working directory and the path."""

FILES: dict[str, Callable[[Path, str], Spelling]] = {
    "absolute": lambda folder, name: (folder.parent, str(folder / name)),
    "bare": lambda folder, name: (folder / os.path.dirname(name), os.path.basename(name)),
    "with a dot": lambda folder, name: (folder / os.path.dirname(name), f"./{os.path.basename(name)}"),
    "below": lambda folder, name: (folder.parent, f"{folder.name}/{name}"),
    "beside": lambda folder, name: (folder, f"../{folder.name}/{name}"),
    "two slashes": lambda folder, name: (folder.parent, f"{folder.name}//{name}"),
    "through a link to the folder": lambda folder, name: (folder.parent, f"link/{name}"),
    "by a link to the file": lambda folder, name: (folder.parent, f"links/{os.path.basename(name)}"),
}
FOLDERS: dict[str, Callable[[Path, str], Spelling]] = {
    "absolute": lambda folder, name: (folder.parent, str(folder)),
    "with a slash": lambda folder, name: (folder.parent, f"{folder}/"),
    "a dot": lambda folder, name: (folder, "."),
    "a dot and a slash": lambda folder, name: (folder, "./"),
    "below": lambda folder, name: (folder.parent, folder.name),
    "a link": lambda folder, name: (folder.parent, "link"),
    "a link and a slash": lambda folder, name: (folder.parent, "link/"),
}

SSHD, SSH, DROP_IN, POLICY = "sshd_config", "ssh_config", "sshd_config.d/50-a.conf", "sshkeep.yaml"
COMMANDS = [
    (FILES, SSHD, "lint {}"),
    (FILES, SSHD, "lint --format json {}"),
    (FILES, SSHD, "fix {}"),
    (FILES, SSHD, "fix --write {}"),
    (FILES, SSHD, "set ClientAliveInterval 60 {}"),
    (FILES, SSHD, "set --write --drop-in PasswordAuthentication no {}"),
    (FILES, SSHD, "set --drop-in-name 60-b.conf PasswordAuthentication no {}"),
    (FILES, SSHD, "set --add Include sshd_config.d/50-a.conf {}"),
    (FILES, SSHD, "effective -C user=bob {}"),
    (FILES, SSHD, "effective -C user=bob --format json {}"),
    (FILES, SSHD, "idle --format json --server {}"),
    (FILES, SSH, "lint {}"),
    (FILES, SSH, "fix {}"),
    (FILES, SSH, "set --drop-in User bob {}"),
    (FILES, SSH, "effective --host web {}"),
    (FILES, SSH, "idle --format json --host web --client {}"),
    (FILES, POLICY, "policy check {}"),
    (FOLDERS, "", "lint {}"),
    (FOLDERS, "", "fix --write {}"),
    (FOLDERS, "", "effective -C user=bob {}"),
]
OF_DROP_INS = [
    (FILES, DROP_IN, "lint {}"),
    (FILES, DROP_IN, "fix {}"),
    (FILES, DROP_IN, "set --write ClientAliveInterval 60 {}"),
    (FILES, DROP_IN, "effective -C user=bob {}"),
    (FILES, DROP_IN, "idle --format json --server {}"),
]
"""A link elsewhere to a drop-in is a file of its own: which main file includes it can't be told."""


@pytest.mark.parametrize(("spellings", "name", "command"), COMMANDS + OF_DROP_INS)
def test_every_spelling_is_the_same(
    spellings: dict[str, Callable[[Path, str], Spelling]],
    name: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    found = {}
    for how, spelt in spellings.items():
        if name == DROP_IN and how == "by a link to the file":
            continue
        folder = tmp_path / how.replace(" ", "-") / "configs"
        write(folder)
        cwd, path = spelt(folder, name)
        monkeypatch.chdir(cwd)
        done = call(*command.format(path).split())
        found[how] = (done.code, without_folders(done.out), without_folders(done.err), contents(folder))
    assert found == dict.fromkeys(found, found["absolute"])


def write(folder: Path) -> None:
    for name, text in CONFIGS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder.parent / "link").symlink_to(folder)
    links = folder.parent / "links"
    links.mkdir()
    for name in (SSHD, SSH, POLICY):
        (links / name).symlink_to(folder / name)


def without_folders(text: str) -> str:
    """The text with files by their names, since how a folder is spelt is shown as it was given."""
    named = re.sub(r"[^\s\"'(]*/", "", text)
    return re.sub(r"undo [0-9]+", "undo N", named)


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}
