"""Clients that are not OpenSSH: what they send on an idle session.

Their keepalive is an SSH_MSG_IGNORE, which the server does not answer: it keeps the path open, and they
never notice by it that the server is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.idle.endpoint_config import TCP_KEEPALIVE, EffectiveSetting, EndpointConfig
from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD, Endpoint
from sshkeep.idle.model.kernel import Kernel


class ClientSettings(NamedTuple):
    """Seconds between keepalives (0: none), and whether the kernel probes the connection.

    ``origins`` is where each setting of the program's stands, as ``file:line``; what is missing has its
    default.
    """

    interval: int
    tcp_keepalive: bool
    origins: Mapping[str, str] = {}


class ClientProgram(NamedTuple):
    """``shipped`` holds where nothing is configured; ``setting`` is what its users change."""

    name: str
    shown: str
    shipped: ClientSettings
    setting: str
    source: str
    tcp: tuple[str, ...] = ()
    """Names of settings that are about the kernel's probes."""


CLIENT_PROGRAMS: dict[str, ClientProgram] = {
    program.name: program
    for program in (
        ClientProgram(
            "putty",
            "PuTTY",
            ClientSettings(0, False),
            "Connection, Seconds between keepalives",
            "PuTTY's manual, 4.13.1 and 4.13.3; settings.c, load_open_settings; pinger.c",
            ("TCPKeepalives",),
        ),
        ClientProgram(
            "teraterm",
            "Tera Term",
            # 60 before TTSSH 3.0 of October 2023. It never asks for SO_KEEPALIVE.
            ClientSettings(300, False),
            "HeartBeat, in section TTSSH of TERATERM.INI",
            "Tera Term's source: ttxssh.c, read_ssh_options, and ssh.c, ssh_heartbeat_thread",
        ),
    )
}


def find_client_program(name: str) -> ClientProgram:
    """The program of that name. Raises SshkeepError."""
    if name not in CLIENT_PROGRAMS:
        raise SshkeepError(f"no client program is called {name}", f"there are {', '.join(CLIENT_PROGRAMS)}")
    return CLIENT_PROGRAMS[name]


def read_client_settings(program: ClientProgram, file: str, session: str = "") -> ClientSettings:
    """What ``file`` says: PuTTY's exported sessions or one on Unix, or a TERATERM.INI. Raises SshkeepError.

    ``session`` is the one that is meant of several of PuTTY's.
    """
    from sshkeep.idle.clients import putty, teraterm
    from sshkeep.idle.clients.settings_file import read_lines

    lines = read_lines(file)
    if program.name == "putty":
        return putty.parse_putty_settings(lines, file, session)
    if session:
        raise SshkeepError(f"{program.shown} has no sessions with names", "name no session")
    return teraterm.parse_teraterm_settings(lines, file, program.shipped)


def client_endpoint(
    program: ClientProgram, settings: ClientSettings, file: str, kernel: Kernel
) -> EndpointConfig:
    """The client's end of a session; ``file`` is empty where the program is as it ships."""
    side = Endpoint("client", None, settings.interval, None, settings.tcp_keepalive, kernel)
    where = ", ".join(place for name, place in settings.origins.items() if name not in program.tcp)
    told = {
        INTERVAL_KEYWORD["client"]: EffectiveSetting(
            f"{program.shown}'s keepalive", str(settings.interval), place=where
        ),
        TCP_KEEPALIVE: EffectiveSetting("TCP keepalives", "yes" if settings.tcp_keepalive else "no"),
    }
    return EndpointConfig(side, program.shown, file, told, {}, by_hand=program.setting)
