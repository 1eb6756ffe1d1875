"""Find the reload command for sshd under systemd: as a service, or started by a socket."""

from __future__ import annotations

from sshkeep.reload.reload_command import ReloadCommand
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
            return ReloadCommand((("systemctl", "reload", name),))
    return None


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
    elsewhere = f"the port is that of {name}.socket (systemctl edit {name}.socket), whatever sshd_config says"
    if "accept=yes" in files.text(_unit_file(files, f"{name}.socket")).lower():
        why = f"{name}.socket starts sshd anew for each connection, so it needs no reload"
        return ReloadCommand((), f"{why}; {elsewhere}" if listening else why, needed=False)
    if listening and files.has_any(*(f"{folder}/sshd-socket-generator" for folder in GENERATORS)):
        why = f"{name}.socket listens for sshd, and learns from sshd_config where"
        return ReloadCommand(
            (("systemctl", "daemon-reload"), ("systemctl", "restart", f"{name}.socket")), why
        )
    # Before the first connection there is no sshd to reload.
    return ReloadCommand((("systemctl", "try-reload-or-restart", name),), elsewhere if listening else "")
