"""Files that are no config, but may have one in them: YAML, JSON, scripts. They are named, and not read."""

from __future__ import annotations

import os.path
import re

from sshkeep.config.tree.template import name_without_template
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.syntax.words import split_line
from sshkeep.trees.this_machine import STDIN_NAME

FORMAT_BY_ENDING = {
    ".yml": "YAML",
    ".yaml": "YAML",
    ".json": "JSON",
    ".toml": "TOML",
    ".sh": "a shell script",
    ".bash": "a shell script",
    ".zsh": "a shell script",
    ".ps1": "a PowerShell script",
    ".py": "a Python script",
    ".rb": "a Ruby script",
    ".pl": "a Perl script",
    ".pp": "a Puppet manifest",
    ".tf": "Terraform",
    ".nix": "Nix",
    ".md": "Markdown",
    ".html": "HTML",
}
OF_SYSCTL = "sysctls of the kernel"
# Most files need none of these: each is compiled when it is first used.
_SHELLS = rb"#![^\n]*[/ ](?:ba|da|z|k)?sh\b"
_YAML_KEY = rb"(?:- +)?([A-Za-z_][\w.-]*):(?: |\r?\Z)|- "
_SYSCTL = rb"[ \t]*-?(?:net|kernel|vm|fs|dev|user|abi|debug)[./][\w./*-]+[ \t]*="
"""A line of sysctl.conf or sysctl.d."""
_LIKE_KEYWORD = r"[A-Z][a-z]+[A-Z][A-Za-z0-9]*\Z"
"""A misspelt keyword, perhaps."""
MOST_LINES = 20_000


def check_format(path: str, data: bytes) -> None:
    """Raises SshkeepError for a file that is no config, with how to lint the part that is one."""
    title = other_format(path, data)
    if title is None:
        return
    if title == OF_SYSCTL:
        raise SshkeepError(
            f"{path} has {title}, not options of OpenSSH",
            "the kernel's TCP keepalive is for all programs and saves few idle sessions: "
            "set ClientAliveInterval or ServerAliveInterval instead",
        )
    from shlex import quote

    part = config_lines(data)
    if part is None:
        raise SshkeepError(
            f"{path} is {title}, not an OpenSSH config",
            "a config in it can be linted alone: sshkeep lint --kind sshd_config - < PART",
        )
    first, last, kind = part
    file = "" if path == STDIN_NAME else f"{quote(path)} "
    command = f"sed -n '{first},{last}p' {file}| sshkeep lint --kind {kind} -"
    raise SshkeepError(
        f"{path} is {title}; lines {first} to {last} may be a config", f"lint that part alone: {command}"
    )


def other_format(path: str, data: bytes) -> str | None:
    """What a file is that is no config, by name or by how it begins; None for a config."""
    name = os.path.basename(name_without_template(path)).lower()
    if title := FORMAT_BY_ENDING.get(os.path.splitext(name)[1]):
        return title
    if data.startswith(b"#!"):
        script = "a shell script" if re.match(_SHELLS, data) else "a script"
        return script if data[2:].lstrip()[:1] == b"/" else None
    if data.startswith(b"#cloud-config"):
        return "YAML (cloud-init)"
    first = next(
        (line for line in data.split(b"\n", MOST_LINES) if line.strip() and not line.startswith(b"#")), b""
    )
    if first.rstrip() == b"---":
        return "YAML"
    if re.match(_SYSCTL, first):
        return OF_SYSCTL
    key = re.match(_YAML_KEY, first) if b":" in first or first.startswith(b"- ") else None
    if key and (key[1] is None or not _is_keyword(key[1])):
        return "YAML"
    return "JSON" if first.lstrip()[:1] in (b"{", b"[") and _is_json(data) else None


def _is_keyword(name: bytes) -> bool:
    word = name.decode("ascii", "replace").lower()
    return word in known_names("sshd_config") or word in known_names("ssh_config")


def _is_json(data: bytes) -> bool:
    from json import loads

    try:
        loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def config_lines(data: bytes) -> tuple[int, int, Kind] | None:
    """First and last number of the longest run of lines that begin with keywords, and its language."""
    best: tuple[int, int, int, Kind] = (0, 0, 0, "sshd_config")
    start = last = count = score = 0
    for number, raw in enumerate([*data.split(b"\n", MOST_LINES)[:MOST_LINES], b"end of it"], 1):
        line = split_line(raw)
        name = line.name.lower() if line and line.rest < line.end else ""
        server, client = name in known_names("sshd_config"), name in known_names("ssh_config")
        if server or client:
            start, last, count, score = start or number, number, count + 1, score + server - client
        elif line is not None and start and re.match(_LIKE_KEYWORD, line.name) and line.rest < line.end:
            last, count = number, count + 1
        elif line is not None:
            best = max(best, (count, start, last, "sshd_config" if score >= 0 else "ssh_config"))
            start = last = count = score = 0
    return best[1:] if best[0] > 1 else None
