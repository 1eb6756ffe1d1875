"""How sshd is made to read its files again on this system."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from sshkeep.reload.reload_command import Command, ReloadCommand
from sshkeep.reload.system_files import SystemFiles
from sshkeep.reload.systemd import systemd_reload

LISTENING_OPTIONS = frozenset(("port", "listenaddress", "addressfamily"))
"""The options that say where connections are taken, which is not always sshd's own business."""

PID_FILES = ("/run/sshd.pid", "/var/run/sshd.pid")


class InitSystem(NamedTuple):
    """Told by its platform (how `sys.platform` begins) and by paths that are all there."""

    name: str
    platform: str
    paths: tuple[str, ...]
    command: Command


INIT_SYSTEMS = (
    InitSystem("Windows", "win32", (), ("powershell.exe", "-NoProfile", "-Command", "Restart-Service sshd")),
    InitSystem("FreeBSD", "freebsd", ("/etc/rc.d/sshd",), ("service", "sshd", "reload")),
    InitSystem("DragonFly", "dragonfly", ("/etc/rc.d/sshd",), ("service", "sshd", "reload")),
    InitSystem("OpenBSD", "openbsd", ("/usr/sbin/rcctl",), ("rcctl", "reload", "sshd")),
    InitSystem("NetBSD", "netbsd", ("/etc/rc.d/sshd",), ("/etc/rc.d/sshd", "reload")),
    InitSystem("OpenRC", "linux", ("/run/openrc", "/etc/init.d/sshd"), ("rc-service", "sshd", "reload")),
    InitSystem("runit", "linux", ("/run/runit", "/etc/sv/sshd"), ("sv", "hup", "sshd")),
    InitSystem("SysV, Debian's name", "linux", ("/etc/init.d/ssh",), ("/etc/init.d/ssh", "reload")),
    InitSystem("SysV", "linux", ("/etc/init.d/sshd",), ("/etc/init.d/sshd", "reload")),
)
"""The first that fits; systemd and launchd come before, what is left is asked by signal."""


def find_reload_command(changed: Collection[str], machine: SystemFiles | None = None) -> ReloadCommand:
    """What to run once sshd's live files were written.

    ``changed`` are the options that were, in lower case. Nothing is run to find it out.
    """
    machine = machine or SystemFiles()
    listening = not LISTENING_OPTIONS.isdisjoint(changed)
    own: tuple[Callable[[SystemFiles, bool], ReloadCommand | None], ...] = (
        _launchd,
        systemd_reload,
        _in_table,
        _pid,
    )
    for way in own:
        found = way(machine, listening)
        if found:
            return found
    return ReloadCommand((), "sshkeep can't tell what starts sshd here; restart it the way it was started")


def _launchd(machine: SystemFiles, listening: bool) -> ReloadCommand | None:
    """launchd listens itself and starts an sshd for each connection."""
    if machine.platform != "darwin":
        return None
    why = "launchd starts sshd anew for each connection, so it needs no reload"
    if listening:
        why += "; its port is that of /System/Library/LaunchDaemons/ssh.plist, whatever sshd_config says"
    return ReloadCommand((), why, needed=False)


def _in_table(machine: SystemFiles, listening: bool) -> ReloadCommand | None:
    for system in INIT_SYSTEMS:
        if machine.platform.startswith(system.platform) and all(map(machine.has, system.paths)):
            return ReloadCommand((system.command,))
    return None


def _pid(machine: SystemFiles, listening: bool) -> ReloadCommand | None:
    """An sshd that nothing but its pid file tells of, as in a container. sshd.c sighup_restart."""
    for path in PID_FILES:
        pid = machine.text(path).strip()
        if pid.isascii() and pid.isdigit() and machine.text(f"/proc/{pid}/comm").strip() == "sshd":
            return ReloadCommand((("kill", "-HUP", pid),))
    return None
