"""Windows' ssh can't share connections: with ControlMaster or ControlPath it fails.

## Why

One ssh passes its terminal to the one that holds the connection as open files over a Unix socket, which
Windows' sockets can't do. So a call ends with "getsockname failed: Not a socket", or "Bad file descriptor",
also from Git, from an editor's remote connection, and from Ansible. ControlPersist does nothing there.

## How to fix it

The fix deletes the lines. It is unsafe, since the file may also serve systems where they are of use.

## When to ignore it

When the file is for the ssh of WSL, MSYS2 or Cygwin, which is not Windows' own. Name that target.
"""

from collections.abc import Iterator

from sshkeep.config.tree.block import Block
from sshkeep.edit.intents import DeleteLine
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, related_entry
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.openssh.values.arguments import Value


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.target.vendor != "windows":
        return
    by_block: dict[Block | None, list[Entry]] = {}
    for option in ("controlmaster", "controlpath", "controlpersist"):
        for entry in effective_entries(option, _is_on, config):
            by_block.setdefault(entry.block, []).append(entry)
    for first, *others in by_block.values():
        yield _finding(first, others)


def _is_on(value: Value) -> bool:
    return str(value).lower() not in ("no", "false", "none", "")


def _finding(first: Entry, others: list[Entry]) -> Finding:
    fails = first.option != "controlpersist"
    message = "ssh fails: on Windows it can't share connections" if fails else "it does nothing on Windows"
    lines = [first, *others]
    return at_entry(first, message)._replace(
        label="'getsockname failed: Not a socket'" if fails else "connections are not shared there",
        fix=Fix(
            "delete the line" if not others else f"delete the {len(lines)} lines",
            "unsafe",
            tuple(DeleteLine(entry) for entry in lines),
        ),
        related=tuple(related_entry(entry, "it does nothing without ControlMaster") for entry in others),
    )


RULE = Rule(
    summary="ControlMaster and ControlPath for Windows, whose ssh can't share connections",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
    only_with=("controlmaster", "controlpath", "controlpersist"),
    references=(
        "Win32-OpenSSH issues 405 and 1328: not supported, up to 10.0 of 2026",
        "mux.c, mm_send_fd: descriptors are passed over a Unix socket",
    ),
    examples=(
        Example(
            "Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n  User ann\n",
            "Host *\n  User ann\n",
            target="windows-server-2025",
            unsafe=True,
        ),
        Example("Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n", target="debian-12"),
        Example("ControlMaster no\n", target="windows-server-2025"),
        Example("ControlMaster yes\n", hit=True, target="windows-server-2025"),
        Example("ControlPath ~/.ssh/%C\n", hit=True, target="windows-server-2022"),
        Example("ControlPersist yes\n", hit=True, target="windows-11-24h2"),
    ),
)
