"""The options that say for which connection or host a config is evaluated."""

from __future__ import annotations

from typing import Annotated, Literal

from sshkeep.cli.declarations import CommandOption

ConnectionPairs = Annotated[
    list[str] | None,
    CommandOption(
        "-C",
        metavar="KEY=VALUE,...",
        help="For sshd: user, host, addr, laddr, lport, rdomain, as sshd -T -C does; and group.",
    ),
]
HostNames = Annotated[
    list[str] | None,
    CommandOption("--host", metavar="NAME", help="For ssh: the host name as given to ssh; repeatable."),
]
UserName = Annotated[
    str, CommandOption("--user", metavar="NAME", help="For ssh: the user as given to ssh, as with -l.")
]
LocalUser = Annotated[
    str, CommandOption("--local-user", metavar="NAME", help="For ssh: who runs it; else who runs sshkeep.")
]
Home = Annotated[
    str,
    CommandOption(
        "--home",
        metavar="DIR",
        help="For ssh: the home that ~ stands for; then ~ and tokens are expanded in any file.",
    ),
]
AssumeExec = Annotated[
    Literal["yes", "no"] | None,
    CommandOption("--assume-exec", help="What Match exec answers; it is never run. Else both are shown."),
]


def each_host(values: list[str] | None) -> list[str]:
    """Each host once; an empty name where none is given."""
    return list(dict.fromkeys(values or [""]))
