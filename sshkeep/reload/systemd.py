"""Find the commands for sshd under systemd: as a service, or started by a socket."""

from __future__ import annotations

import os
import re

from sshkeep.reload.reload_command import Argv, ReloadCommand
from sshkeep.reload.system_files import SystemFiles

SYSTEMD_RUNS = "/run/systemd/system"
"""sd_booted(3): it exists exactly where systemd is the init system."""

UNIT_FOLDERS = (
    "/etc/systemd/system",
    "/run/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
)
UNIT_NAMES = ("ssh", "sshd")
"""Debian and Ubuntu call the unit ssh, with the alias sshd; all others call it sshd."""

GENERATORS = ("/usr/lib/systemd/system-generators", "/lib/systemd/system-generators")
"""Ubuntu 22.10 and later: sshd-socket-generator makes the socket listen where sshd_config says."""


def systemd_reload(files: SystemFiles, listening: bool) -> ReloadCommand | None:
    """The command for the unit that exists; None where systemd is not the init system, or has no sshd."""
    if not files.has(SYSTEMD_RUNS):
        return None
    for name in UNIT_NAMES:
        if _unit_file(files, f"{name}.service") or _unit_file(files, f"{name}.socket"):
            if _socket_enabled(files, name):
                return _by_socket(files, name, listening)
            return ReloadCommand((("systemctl", "reload", name),), start=_start(f"{name}.service"))
    return None


def _start(unit: str) -> tuple[Argv, ...]:
    """StartLimitBurst= of systemd.unit(5) counts starts by hand, too; reset-failed forgets them."""
    return ("systemctl", "reset-failed", unit), ("systemctl", "start", unit)


def _unit_file(files: SystemFiles, unit: str) -> str:
    return next((path for folder in UNIT_FOLDERS if files.has(path := f"{folder}/{unit}")), "")


def _socket_enabled(files: SystemFiles, name: str) -> bool:
    """``systemctl enable`` creates a link; Ubuntu's also where the service requires the socket."""
    return any(
        files.has(f"{folder}/{wants}/{name}.socket")
        for folder in UNIT_FOLDERS
        for wants in ("sockets.target.wants", f"{name}.service.requires")
    )


def _by_socket(files: SystemFiles, name: str, listening: bool) -> ReloadCommand:
    socket = f"{name}.socket"
    elsewhere = f"the port is that of {socket} (systemctl edit {socket}), whatever sshd_config says"
    common = ReloadCommand(
        (),
        start=_start(socket),
        listener="systemd",
        follows_config=files.has_any(*(f"{folder}/sshd-socket-generator" for folder in GENERATORS)),
        listener_ports=_socket_ports(files, socket),
    )
    if "accept=yes" in files.text(_unit_file(files, socket)).lower():
        why = f"{socket} starts sshd again for each connection, so it needs no reload"
        return common._replace(
            why=f"{why}; {elsewhere}" if listening else why, needed=False, follows_config=False
        )
    if listening and common.follows_config:
        load, restart = ("systemctl", "daemon-reload"), ("systemctl", "restart", socket)
        why = f"{socket} listens for sshd, and learns from sshd_config where"
        start = (load, ("systemctl", "reset-failed", socket, f"{name}.service"), restart)
        return common._replace(commands=(load, restart), why=why, start=start)
    # After SIGHUP sshd has no socket of systemd's any more, and exits or listens beside it. Before the first
    # connection there is no sshd at all.
    return common._replace(commands=(("systemctl", "try-restart", name),), why=elsewhere if listening else "")


def _socket_ports(files: SystemFiles, socket: str) -> frozenset[int]:
    """The ports that the unit file and its drop-ins name (ListenStream= of systemd.socket(5))."""
    folders = (*UNIT_FOLDERS, "/run/systemd/generator", "/run/systemd/generator.early")
    texts = [files.text(path) for folder in folders for path in _with_drop_ins(files, f"{folder}/{socket}")]
    found = re.findall(r"^\s*ListenStream\s*=\s*(?:\S*:)?([0-9]{1,5})\s*$", "\n".join(texts), re.MULTILINE)
    return frozenset(map(int, found))


def _with_drop_ins(files: SystemFiles, path: str) -> list[str]:
    try:
        names = os.listdir(f"{files.root}{path}.d")
    except OSError:
        names = []
    return [path, *(f"{path}.d/{name}" for name in sorted(names) if name.endswith(".conf"))]
