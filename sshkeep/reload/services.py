"""How sshd is made to read its files again on this system."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from sshkeep.reload.command import Command, Reload
from sshkeep.reload.machine import Machine
from sshkeep.reload.systemd import systemd_reload

LISTENING = frozenset(("port", "listenaddress", "addressfamily"))
"""The options that say where connections are taken, which is not always sshd's own business."""

PID_FILES = ("/run/sshd.pid", "/var/run/sshd.pid")


class System(NamedTuple):
    """Told by its platform (how `sys.platform` begins) and by paths that are all there."""

    name: str
    platform: str
    paths: tuple[str, ...]
    command: Command


SYSTEMS = (
    System("Windows", "win32", (), ("powershell.exe", "-NoProfile", "-Command", "Restart-Service sshd")),
    System("FreeBSD", "freebsd", ("/etc/rc.d/sshd",), ("service", "sshd", "reload")),
    System("DragonFly", "dragonfly", ("/etc/rc.d/sshd",), ("service", "sshd", "reload")),
    System("OpenBSD", "openbsd", ("/usr/sbin/rcctl",), ("rcctl", "reload", "sshd")),
    System("NetBSD", "netbsd", ("/etc/rc.d/sshd",), ("/etc/rc.d/sshd", "reload")),
    System("OpenRC", "linux", ("/run/openrc", "/etc/init.d/sshd"), ("rc-service", "sshd", "reload")),
    System("runit", "linux", ("/run/runit", "/etc/sv/sshd"), ("sv", "hup", "sshd")),
    System("SysV, Debian's name", "linux", ("/etc/init.d/ssh",), ("/etc/init.d/ssh", "reload")),
    System("SysV", "linux", ("/etc/init.d/sshd",), ("/etc/init.d/sshd", "reload")),
)
"""The first that fits; systemd and launchd come before, what is left is asked by signal."""


def reload_command(changed: Collection[str], machine: Machine | None = None) -> Reload:
    """What to run once sshd's live files were written.

    ``changed`` are the options that were, in lower case. Nothing is run to find it out.
    """
    machine = machine or Machine()
    listening = not LISTENING.isdisjoint(changed)
    own: tuple[Callable[[Machine, bool], Reload | None], ...] = (_launchd, systemd_reload, _in_table, _pid)
    for way in own:
        found = way(machine, listening)
        if found:
            return found
    return Reload((), "sshkeep can't tell what starts sshd here; restart it the way it was started")


def _launchd(machine: Machine, listening: bool) -> Reload | None:
    """launchd listens itself and starts an sshd for each connection."""
    if machine.platform != "darwin":
        return None
    why = "launchd starts sshd anew for each connection, so it needs no reload"
    if listening:
        why += "; its port is that of /System/Library/LaunchDaemons/ssh.plist, whatever sshd_config says"
    return Reload((), why, needed=False)


def _in_table(machine: Machine, listening: bool) -> Reload | None:
    for system in SYSTEMS:
        if machine.platform.startswith(system.platform) and all(map(machine.has, system.paths)):
            return Reload((system.command,))
    return None


def _pid(machine: Machine, listening: bool) -> Reload | None:
    """An sshd that nothing but its pid file tells of, as in a container. sshd.c sighup_restart."""
    for path in PID_FILES:
        pid = machine.text(path).strip()
        if pid.isascii() and pid.isdigit() and machine.text(f"/proc/{pid}/comm").strip() == "sshd":
            return Reload((("kill", "-HUP", pid),))
    return None
