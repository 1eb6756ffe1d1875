"""The options of `sshkeep idle`: the two ends, and what is between them."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer


class Format(str, Enum):
    """How the forecast is shown."""

    TEXT = "text"
    JSON = "json"
    SVG = "svg"


Server = Annotated[str | None, typer.Option("--server", metavar="FILE", help="The server's sshd_config.")]
Client = Annotated[
    str | None,
    typer.Option("--client", metavar="FILE", help="The client's ssh_config, or its program's settings."),
]
ClientProgram = Annotated[
    str,
    typer.Option(
        "--client-program",
        metavar="NAME",
        help="putty or teraterm; --client is then a saved session or a TERATERM.INI.",
    ),
]
ServerTarget = Annotated[
    str, typer.Option("--server-target", metavar="NAME", help="What the server runs: debian-12, ...")
]
ClientTarget = Annotated[str, typer.Option("--client-target", metavar="NAME", help="What the client runs.")]
PathName = Annotated[
    str, typer.Option("--path", metavar="NAME", help="What is between them; --list-paths lists names.")
]
PathTimeout = Annotated[
    float | None,
    typer.Option(
        "--path-timeout", metavar="SECONDS", help="After what idle time the path forgets a session."
    ),
]
ListPaths = Annotated[bool, typer.Option("--list-paths", help="List the paths that have names.")]
KeepaliveTime = Annotated[
    int | None,
    typer.Option(
        "--tcp-keepalive-time", metavar="SECONDS", min=1, help="Both hosts' net.ipv4.tcp_keepalive_time."
    ),
]
KeepaliveIntvl = Annotated[
    int | None,
    typer.Option("--tcp-keepalive-intvl", metavar="SECONDS", min=1, help="Both hosts' tcp_keepalive_intvl."),
]
KeepaliveProbes = Annotated[
    int | None,
    typer.Option("--tcp-keepalive-probes", metavar="NUMBER", min=1, help="Both hosts' tcp_keepalive_probes."),
]
FormatName = Annotated[Format, typer.Option("--format", help="svg: the picture alone.")]
