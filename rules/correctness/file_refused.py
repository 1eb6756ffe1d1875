"""ssh refuses a client config because of its owner or permissions: every ssh call fails.

## Why

ssh checks ~/.ssh/config and every file that it includes. The owner must be root or the user, and nobody
else may have write permission. Otherwise ssh exits with "Bad owner or permissions". It does not check the
system's file, nor a file that `-F` names. Debian's ssh accepts a file that a group can write to, if nobody
else is in that group.

The rule checks only files of this machine.

## How to fix it

Run the `chown` or `chmod` command in the note.

## When to ignore it

Never: ssh does not run with this file.
"""

from collections.abc import Iterator

from sshkeep.config.local_machine import FileStatus, MachineFacts
from sshkeep.config.tree.file import File
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.rule import MACHINE_FACTS
from sshkeep.syntax.source import Span

OTHERS, GROUP = 0o002, 0o020


def check(config: Config, options: Options) -> Iterator[Finding]:
    facts = config.facts
    if facts is None:
        return
    own = f"{facts.home}/.ssh/config"
    for path, file in config.files.items():
        status = facts.status(path)
        if status and (path == own or path not in config.tops):
            yield from _finding(file, status, facts, config)


def _finding(file: File, status: FileStatus, facts: MachineFacts, config: Config) -> Iterator[Finding]:
    first = file.directives[0].whole if file.directives else Span(0, 0)
    who = ""
    if status.owner not in (0, facts.user):
        who = "the file belongs to another user"
    elif status.mode & OTHERS or (status.mode & GROUP and config.target.vendor != "debian"):
        who = "others may write to this file"
    if who:
        finding = Finding(f"every ssh call fails: {who}", file.source, first)
        hint = (
            f"chmod go-w {file.source.path}"
            if "write" in who
            else f"chown it to the user, not to {status.owner}"
        )
        yield finding._replace(label=f"mode {status.mode:04o}, owner {status.owner}", notes=(hint,))


RULE = Rule(
    summary="a client config that ssh refuses for its owner or permissions",
    applies_to=("ssh_config",),
    severity="error",
    check=check,
    only_with=(MACHINE_FACTS,),
    references=("readconf.c, read_config_file_depth", "ssh_config(5), FILES"),
    examples=(
        Example(
            "Include /etc/ssh/extra\n",
            hit=True,
            files={"extra": "User ann\n"},
            facts={"/etc/ssh/extra": (0o666, 0, 0)},
        ),
        Example(
            "Include /etc/ssh/extra\n", files={"extra": "User ann\n"}, facts={"/etc/ssh/extra": (0o644, 0, 0)}
        ),
        Example(
            "Include /etc/ssh/extra\n",
            hit=True,
            files={"extra": "User ann\n"},
            facts={"/etc/ssh/extra": (0o644, 1001, 0)},
        ),
    ),
)
