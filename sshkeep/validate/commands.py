"""The programs of the installed OpenSSH, and the commands with which they check a config."""

from __future__ import annotations

import os

from sshkeep.openssh.kind import Kind
from sshkeep.trees.this_machine import SSH_PROGRAMS

OPENSSH_PROGRAMS: dict[Kind, tuple[str, ...]] = {
    "sshd_config": ("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd"),
    "ssh_config": SSH_PROGRAMS,
}
"""Never searched along PATH, which the caller controls."""

PLACEHOLDER_HOST = "sshkeep.invalid"
"""The host that ssh is asked for: RFC 2606 keeps the name free, and ssh checks all lines for any host."""


def program_for(kind: Kind) -> str | None:
    """The path of the program that reads such configs; None where it is not installed."""
    return next((path for path in OPENSSH_PROGRAMS[kind] if os.access(path, os.X_OK)), None)


def check_command(kind: Kind, program: str, top: str) -> list[str]:
    """The command that checks the config ``top``; exit code 0 means that it is accepted.

    HostKeyAgent is overruled (a value of -o comes first), since ``sshd -t`` connects to the socket that it
    names. sshd loads no library: SecurityKeyProvider is for signatures of the client.
    """
    if kind == "sshd_config":
        return [program, "-t", "-o", "HostKeyAgent=none", "-f", top]
    return [program, "-G", "-F", top, PLACEHOLDER_HOST]


def shown_command(kind: Kind, program: str) -> str:
    """The command as messages show it."""
    return f"{program} {'-t' if kind == 'sshd_config' else '-G'}"
