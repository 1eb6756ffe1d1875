"""What the settings are asked for: a connection to an sshd, or a host for ssh."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, NamedTuple

import typer

from sshkeep.cli import options
from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd
from sshkeep.config.local_machine import groups_of_user, read_local_machine
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.trees.this_machine import local_user


class Exec(str, Enum):
    """What ``Match exec`` commands are taken to answer; none is ever run."""

    YES = "yes"
    NO = "no"


CONNECTION_KEYS = ("user", "host", "addr", "laddr", "lport", "rdomain", "group")

ConnectionPairs = Annotated[
    list[str] | None,
    typer.Option(
        "-C",
        metavar="KEY=VALUE,...",
        help="For sshd: user, host, addr, laddr, lport, rdomain, as sshd -T -C does; and group.",
    ),
]
HostName = Annotated[
    str, typer.Option("--host", metavar="NAME", help="For ssh: the host name as given to ssh.")
]
UserName = Annotated[
    str, typer.Option("--user", metavar="NAME", help="For ssh: the user as given to ssh, as with -l.")
]
LocalUser = Annotated[
    str, typer.Option("--local-user", metavar="NAME", help="For ssh: who runs it; else who runs sshkeep.")
]
AssumeExec = Annotated[
    Exec | None,
    typer.Option("--assume-exec", help="What Match exec answers; it is never run. Else both are told."),
]


class Question(NamedTuple):
    """What the settings are asked for."""

    connection: list[str]
    host: str
    user: str
    local_user: str
    assume_exec: Exec | None


def evaluated(config: Config, question: Question, *, live: bool) -> Evaluated:
    """The answer; ``live`` where this machine's groups and environment count. Raises SshkeepError."""
    if config.kind == "sshd_config":
        if question.host or question.user:
            raise SshkeepError(
                f"--{'host' if question.host else 'user'} is for an ssh_config",
                "name the connection with -C user=...,host=...,addr=...",
            )
        return evaluate_sshd(config, connection_of(options.names(question.connection), live=live))
    if question.connection:
        raise SshkeepError("-C is for an sshd_config", "name the host with --host NAME")
    if not question.host:
        raise SshkeepError("an ssh_config means something for a host only", "name it with --host NAME")
    assume = None if question.assume_exec is None else question.assume_exec is Exec.YES
    who = question.local_user or local_user()
    asked = HostQuery(
        question.host, question.user or None, who, assume, read_local_machine() if live else None
    )
    return evaluate_ssh(config, asked)


def connection_of(pairs: list[str], *, live: bool = False) -> Connection:
    """What ``KEY=VALUE`` texts say of a connection. Raises SshkeepError for what is none."""
    told: dict[str, str] = {}
    groups: list[str] = []
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key not in CONNECTION_KEYS:
            raise SshkeepError(
                f"-C does not take {pair!r}", f"use {', '.join(f'{k}=...' for k in CONNECTION_KEYS)}"
            )
        if key == "group":
            groups.append(value)
        else:
            told[key] = value
    port = told.pop("lport", None)
    if port is not None and not (port.isdigit() and len(port) <= 5):
        raise SshkeepError(f"-C lport={port} is not a port number", "write it as digits")
    known = tuple(groups) if groups else groups_of_user(told["user"]) if live and "user" in told else None
    return Connection(**told, lport=None if port is None else int(port), groups=known)
