"""Users other than root can write to a config of sshd or of all users, and so decide what it does.

## Why

sshd does not check who owns its config. Anyone who can write to sshd_config or to a drop-in can let anyone
log in. Anyone who can write to /etc/ssh/ssh_config can run commands through everybody's ssh.

The rule checks only files of this machine.

## How to fix it

Run the commands in the note.

## When to ignore it

When the group consists of administrators who may become root anyway.
"""

from collections.abc import Iterator

from sshkeep.config.local_machine import FileStatus
from sshkeep.config.tree.file import File
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.rule import MACHINE_FACTS
from sshkeep.syntax.source import Span


def check(config: Config, options: Options) -> Iterator[Finding]:
    facts = config.facts
    if facts is None:
        return
    for path, file in config.files.items():
        status = facts.status(path) if path.startswith("/etc/ssh/") else None
        if status:
            yield from _finding(file, status)


def _finding(file: File, status: FileStatus) -> Iterator[Finding]:
    first = file.directives[0].whole if file.directives else Span(0, 0)
    who = ""
    if status.mode & 0o002:
        who = "everybody"
    elif status.mode & 0o020 and status.group:
        who = f"group {status.group}"
    elif status.mode & 0o200 and status.owner:
        who = f"user {status.owner}"
    if who:
        finding = Finding(f"{who} can write to this file and so decide who logs in", file.source, first)
        if file.kind == "ssh_config":
            finding = finding._replace(message=f"{who} may write to this file, and so decide what ssh runs")
        yield finding._replace(
            label=f"mode {status.mode:04o}, owner {status.owner}, group {status.group}",
            notes=(f"chown root:root and chmod 644 {file.source.path}",),
        )


RULE = Rule(
    summary="a system-wide config that others than root may write to",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    only_with=(MACHINE_FACTS,),
    references=("sshd_config(5), FILES", "ssh_config(5), FILES"),
    examples=(
        Example("UsePAM yes\n", hit=True, kind="sshd_config", facts={"/etc/ssh/sshd_config": (0o664, 0, 27)}),
        Example("UsePAM yes\n", kind="sshd_config", facts={"/etc/ssh/sshd_config": (0o644, 0, 27)}),
    ),
)
