"""Find the command that makes sshd read its files again on this system."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from sshkeep.reload.reload_command import Argv, ReloadCommand
from sshkeep.reload.system_files import SystemFiles
from sshkeep.reload.systemd import systemd_reload

LISTENING_OPTIONS = frozenset(("port", "listenaddress", "addressfamily"))
"""The options that say where sshd listens. Another program may listen for it."""

PID_FILES = ("/run/sshd.pid", "/var/run/sshd.pid")


class InitSystem(NamedTuple):
    """Recognised by its platform (the beginning of `sys.platform`) and by paths that all exist."""

    name: str
    platform: str
    paths: tuple[str, ...]
    command: Argv


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
"""The first match counts. systemd and launchd are checked before, a pid file after them."""


def find_reload_command(changed: Collection[str], files: SystemFiles | None = None) -> ReloadCommand:
    """The command to run once sshd's live files are written.

    ``changed`` are the options that changed, in lower case. Only files are looked at; nothing is run.
    """
    files = files or SystemFiles()
    listening = not LISTENING_OPTIONS.isdisjoint(changed)
    finders: tuple[Callable[[SystemFiles, bool], ReloadCommand | None], ...] = (
        _launchd,
        systemd_reload,
        _in_table,
        _pid,
    )
    for find in finders:
        found = find(files, listening)
        if found:
            return found
    return ReloadCommand((), "sshkeep can't tell what starts sshd here; restart it the way it was started")


def _launchd(files: SystemFiles, listening: bool) -> ReloadCommand | None:
    """launchd itself listens, and starts an sshd for each connection."""
    if files.platform != "darwin":
        return None
    why = "launchd starts sshd anew for each connection, so it needs no reload"
    if listening:
        why += "; its port is that of /System/Library/LaunchDaemons/ssh.plist, whatever sshd_config says"
    return ReloadCommand((), why, needed=False)


def _in_table(files: SystemFiles, listening: bool) -> ReloadCommand | None:
    for system in INIT_SYSTEMS:
        if files.platform.startswith(system.platform) and all(map(files.has, system.paths)):
            return ReloadCommand((system.command,))
    return None


def _pid(files: SystemFiles, listening: bool) -> ReloadCommand | None:
    """An sshd that only its pid file shows, as in a container. sshd.c sighup_restart."""
    for path in PID_FILES:
        pid = files.text(path).strip()
        if pid.isascii() and pid.isdigit() and files.text(f"/proc/{pid}/comm").strip() == "sshd":
            return ReloadCommand((("kill", "-HUP", pid),))
    return None
