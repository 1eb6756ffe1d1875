"""Clients that are not OpenSSH: what they send on an idle session.

Their keepalive is an SSH_MSG_IGNORE, which the server does not answer: it keeps the path open, and they
never notice by it that the server is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.idle.in_effect import TCP, Known, Told
from sshkeep.idle.kernel import Kernel
from sshkeep.idle.side import INTERVAL, Side


class ProgramSettings(NamedTuple):
    """Seconds between keepalives (0: none), and whether the kernel probes the connection.

    ``origins`` is where each setting of the program's stands, as ``file:line``; what is missing has its
    default.
    """

    interval: int
    tcp_keepalive: bool
    origins: Mapping[str, str] = {}


class Program(NamedTuple):
    """``shipped`` holds where nothing is configured; ``setting`` is what its users change."""

    name: str
    shown: str
    shipped: ProgramSettings
    setting: str
    source: str
    tcp: tuple[str, ...] = ()
    """Names of settings that are about the kernel's probes."""


PROGRAMS: dict[str, Program] = {
    program.name: program
    for program in (
        Program(
            "putty",
            "PuTTY",
            ProgramSettings(0, False),
            "Connection, Seconds between keepalives",
            "PuTTY's manual, 4.13.1 and 4.13.3; settings.c, load_open_settings; pinger.c",
            ("TCPKeepalives",),
        ),
        Program(
            "teraterm",
            "Tera Term",
            # 60 before TTSSH 3.0 of October 2023. It never asks for SO_KEEPALIVE.
            ProgramSettings(300, False),
            "HeartBeat, in section TTSSH of TERATERM.INI",
            "Tera Term's source: ttxssh.c, read_ssh_options, and ssh.c, ssh_heartbeat_thread",
        ),
    )
}


def program_named(name: str) -> Program:
    """The program of that name. Raises SshkeepError."""
    if name not in PROGRAMS:
        raise SshkeepError(f"no client program is called {name}", f"there are {', '.join(PROGRAMS)}")
    return PROGRAMS[name]


def settings_in(program: Program, file: str, session: str = "") -> ProgramSettings:
    """What ``file`` says: PuTTY's exported sessions or one on Unix, or a TERATERM.INI. Raises SshkeepError.

    ``session`` is the one that is meant of several of PuTTY's.
    """
    from sshkeep.idle import putty, teraterm
    from sshkeep.idle.program_file import file_lines

    lines = file_lines(file)
    if program.name == "putty":
        return putty.settings_of(lines, file, session)
    if session:
        raise SshkeepError(f"{program.shown} has no sessions with names", "name no session")
    return teraterm.settings_of(lines, file, program.shipped)


def client_with(program: Program, settings: ProgramSettings, file: str, kernel: Kernel) -> Known:
    """The client's end of a session; ``file`` is empty where the program is as it ships."""
    side = Side("client", None, settings.interval, None, settings.tcp_keepalive, kernel)
    where = ", ".join(place for name, place in settings.origins.items() if name not in program.tcp)
    told = {
        INTERVAL["client"]: Told(f"{program.shown}'s keepalive", str(settings.interval), place=where),
        TCP: Told("TCP keepalives", "yes" if settings.tcp_keepalive else "no"),
    }
    return Known(side, program.shown, file, told, {}, by_hand=program.setting)
