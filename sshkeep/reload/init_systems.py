"""Find the commands that make sshd read its files again, and start it, on this system."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sshkeep.named import NamedTuple
from sshkeep.reload.reload_command import Argv, ReloadCommand
from sshkeep.reload.running_sshd import RunningSshd
from sshkeep.reload.system_files import SystemFiles
from sshkeep.reload.systemd import systemd_reload

LISTENING_OPTIONS = frozenset(("port", "listenaddress", "addressfamily"))
"""The options that say where sshd listens. Another program may listen for it."""


class InitSystem(NamedTuple):
    """Recognised by its platform (the beginning of `sys.platform`) and by paths that all exist."""

    name: str
    platform: str
    paths: tuple[str, ...]
    reload: Argv
    start: Argv


def _by(*words: str) -> tuple[Argv, Argv]:
    """The reload and the start, by commands that begin with these words."""
    return (*words, "reload"), (*words, "start")


_WINDOWS = ("powershell.exe", "-NoProfile", "-Command", "Restart-Service sshd")
_RCCTL = ("rcctl", "reload", "sshd"), ("rcctl", "start", "sshd")
_OPENRC = ("rc-service", "sshd", "reload"), ("rc-service", "sshd", "restart")
_RUNIT = ("sv", "hup", "sshd"), ("sv", "up", "sshd")

INIT_SYSTEMS = (
    InitSystem("Windows", "win32", (), _WINDOWS, _WINDOWS),
    InitSystem("FreeBSD", "freebsd", ("/etc/rc.d/sshd",), *_by("service", "sshd")),
    InitSystem("DragonFly", "dragonfly", ("/etc/rc.d/sshd",), *_by("service", "sshd")),
    InitSystem("OpenBSD", "openbsd", ("/usr/sbin/rcctl",), *_RCCTL),
    InitSystem("NetBSD", "netbsd", ("/etc/rc.d/sshd",), *_by("/etc/rc.d/sshd")),
    InitSystem("OpenRC", "linux", ("/run/openrc", "/etc/init.d/sshd"), *_OPENRC),
    InitSystem("runit", "linux", ("/run/runit", "/etc/sv/sshd"), *_RUNIT),
    InitSystem("SysV, Debian's name", "linux", ("/etc/init.d/ssh",), *_by("/etc/init.d/ssh")),
    InitSystem("SysV", "linux", ("/etc/init.d/sshd",), *_by("/etc/init.d/sshd")),
)
"""The first match counts. systemd and launchd are checked before, a process without any of them after.

OpenRC still takes a crashed sshd for started, so it is restarted.
"""


def find_reload_command(
    changed: Collection[str], running: RunningSshd | None = None, files: SystemFiles | None = None
) -> ReloadCommand:
    """The commands of this moment. ``changed`` are the options that changed, in lower case.

    Where no init system is known, it is a signal to ``running``. Only files are looked at; nothing is run.
    """
    files = files or SystemFiles()
    listening = not LISTENING_OPTIONS.isdisjoint(changed)
    finders: tuple[Callable[[SystemFiles, bool], ReloadCommand | None], ...] = (
        _launchd,
        systemd_reload,
        _in_table,
    )
    for find in finders:
        found = find(files, listening)
        if found:
            return found
    if running:  # as in a container
        hang_up = ("kill", "-HUP", str(running.process.pid))
        return ReloadCommand((hang_up,), start=(running.command,), by_signal=True)
    return ReloadCommand((), "sshkeep does not know what starts sshd here; restart it the way it was started")


def _launchd(files: SystemFiles, listening: bool) -> ReloadCommand | None:
    """launchd itself listens, and starts an sshd for each connection."""
    if files.platform != "darwin":
        return None
    why = "launchd starts sshd again for each connection, so it needs no reload"
    if listening:
        why += "; its port is that of /System/Library/LaunchDaemons/ssh.plist, whatever sshd_config says"
    return ReloadCommand((), why, needed=False, listener="launchd")


def _in_table(files: SystemFiles, listening: bool) -> ReloadCommand | None:
    for system in INIT_SYSTEMS:
        if files.platform.startswith(system.platform) and all(map(files.has, system.paths)):
            return ReloadCommand((system.reload,), start=(system.start,))
    return None
