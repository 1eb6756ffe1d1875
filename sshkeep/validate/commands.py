"""Where the programs of the installed OpenSSH are, and how they are asked to check a config."""

from __future__ import annotations

import os

from sshkeep.openssh.keyword import Kind

PROGRAMS: dict[Kind, tuple[str, ...]] = {
    "sshd_config": ("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd"),
    "ssh_config": ("/usr/bin/ssh", "/usr/local/bin/ssh", "/bin/ssh"),
}
"""Never looked for along PATH, which the caller controls."""

HOST = "sshkeep.invalid"
"""Whom ssh is asked about: RFC 2606 keeps the name free, and ssh checks all lines whatever the host."""


def program_for(kind: Kind) -> str | None:
    """The program that reads such configs; None where it is not installed."""
    return next((path for path in PROGRAMS[kind] if os.access(path, os.X_OK)), None)


def check_command(kind: Kind, program: str, top: str) -> list[str]:
    """What to run; exit code 0 means that the config is accepted.

    HostKeyAgent is overruled (what -o says comes first), since ``sshd -t`` connects to the socket
    that it names. It would load no library: SecurityKeyProvider is for the client's signatures.
    """
    if kind == "sshd_config":
        return [program, "-t", "-o", "HostKeyAgent=none", "-f", top]
    return [program, "-G", "-F", top, HOST]


def shown_command(kind: Kind, program: str) -> str:
    """The question, for a person."""
    return f"{program} {'-t' if kind == 'sshd_config' else '-G'}"
