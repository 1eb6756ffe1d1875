"""A machine with an sshd, on which a tool previews, applies, applies again, and applies to a file that sshd refuses.

    unshare --mount --pid --net --fork --mount-proc --kill-child python -m tests.fleet.inside TOOL FOLDER

/etc/ssh, /run and the state of sshkeep are its own; sshkeep is a command there. The list of `Seen` is printed as JSON.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.fleet.tools import EXAMPLE, TOOLS, Tool
from tests.program import ROOT

ETC = Path("/etc/ssh")
SSHD = "/usr/sbin/sshd"


class Seen(NamedTuple):
    """What became of a call of the tool."""

    failed: bool
    changed: bool
    """What the tool reported."""
    interval: str
    """What `sshd -T` prints for ClientAliveInterval afterwards; empty where it refuses the files."""
    in_effect: bool
    """Whether the running sshd has read its files since they were changed."""
    output: str


def main(name: str, folder: Path) -> None:
    _set_up(folder)
    tool = TOOLS[name]
    seen = [_call(tool, [*tool.apply(folder), *words]) for words in (tool.preview, (), ())]
    config = ETC / "sshd_config"
    config.write_text(f"Bogus yes\n{config.read_text()}")
    print(json.dumps([*seen, _call(tool, tool.apply(folder))]))


def _set_up(folder: Path) -> None:
    _run("mount", "-t", "tmpfs", "-o", "mode=755", "run", "/run")
    _run("mount", "-t", "tmpfs", "-o", "mode=755", "state", "/var/lib")
    for place in ("/run/sshd", "/var/lib/puppet"):
        Path(place).mkdir()
    etc, commands = folder / "ssh", folder / "bin"
    shutil.copytree(EXAMPLE / "sshd_config.d", etc / "sshd_config.d")
    shutil.copy(EXAMPLE / "sshd_config", etc)
    commands.mkdir()
    sshkeep = commands / "sshkeep"
    sshkeep.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m sshkeep "$@"\n')
    sshkeep.chmod(0o755)
    _run("mount", "--bind", str(etc), str(ETC))
    _run("mount", "--bind", str(commands), "/usr/local/sbin")
    _run("ip", "link", "set", "lo", "up")
    _run("ssh-keygen", "-A")
    _run(SSHD)


def _call(tool: Tool, words: list[str]) -> Seen:
    done = subprocess.run(words, capture_output=True, text=True)
    values = dict(line.split(" ", 1) for line in _run(SSHD, "-T", check=False).splitlines() if " " in line)
    unread = "not in effect" in _run("sshkeep", "lint", "--exit-zero", str(ETC / "sshd_config"), check=False)
    interval, changed = values.get("clientaliveinterval", ""), tool.changed(done.stdout)
    return Seen(done.returncode not in tool.fine, changed, interval, not unread, done.stdout + done.stderr)


def _run(*words: str, check: bool = True) -> str:
    return subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=check
    ).stdout


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
