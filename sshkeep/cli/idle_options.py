"""The options of `sshkeep idle`: the two ends, and what is between them."""

from __future__ import annotations

from typing import Annotated

from sshkeep.cli.declarations import CommandOption
from sshkeep.cli.formats import Format, FormatOption
from sshkeep.errors import SshkeepError
from sshkeep.openssh.releases import NEWEST
from sshkeep.openssh.values.numbers import parse_time

Server = Annotated[str | None, CommandOption("--server", metavar="FILE", help="The server's sshd_config.")]
Client = Annotated[
    str | None,
    CommandOption("--client", metavar="FILE", help="The client's ssh_config, or its program's settings."),
]
ClientProgram = Annotated[
    str,
    CommandOption(
        "--client-program",
        metavar="NAME",
        help="putty or teraterm; --client is then a saved session or a TERATERM.INI.",
    ),
]
ServerTarget = Annotated[
    str, CommandOption("--server-target", metavar="NAME", help="What the server runs: debian-12, ...")
]
ClientTarget = Annotated[str, CommandOption("--client-target", metavar="NAME", help="What the client runs.")]
PathName = Annotated[
    str, CommandOption("--path", metavar="NAME", help="What is between them; --list-paths lists names.")
]
PathTimeout = Annotated[
    str | None,
    CommandOption(
        "--path-timeout", metavar="TIME", help="After what idle time the path forgets a session: 900, 15m."
    ),
]
ListPaths = Annotated[bool, CommandOption("--list-paths", help="List the paths that have names.")]
KeepaliveTime = Annotated[
    int | None,
    CommandOption(
        "--tcp-keepalive-time", metavar="SECONDS", min=1, help="Both hosts' net.ipv4.tcp_keepalive_time."
    ),
]
KeepaliveIntvl = Annotated[
    int | None,
    CommandOption("--tcp-keepalive-intvl", metavar="SECONDS", min=1, help="Both hosts' tcp_keepalive_intvl."),
]
KeepaliveProbes = Annotated[
    int | None,
    CommandOption(
        "--tcp-keepalive-probes", metavar="NUMBER", min=1, help="Both hosts' tcp_keepalive_probes."
    ),
]
FormatName = Annotated[Format, FormatOption("idle", "svg: the picture alone.")]


def path_seconds(text: str | None) -> float | None:
    """Seconds, with a fraction if need be, or a time as sshkeep.yaml takes it; None for none."""
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        time = parse_time(text, NEWEST)
    if time is None:
        raise SshkeepError(f"--path-timeout {text} is not a time", "write it as 300 or 5m")
    return time
