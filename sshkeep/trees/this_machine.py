"""This machine's own files, and the OpenSSH that reads them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from functools import lru_cache

from sshkeep.config.local_machine import home_directory
from sshkeep.config.tree.include_paths import SSH_DIR
from sshkeep.config.tree.template import template_by_name
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.targets import NEWEST_TARGET, Target, installed_as

SSH_PROGRAMS = (
    ("C:\\Windows\\System32\\OpenSSH\\ssh.exe",)
    if sys.platform == "win32"
    else ("/usr/bin/ssh", "/usr/local/bin/ssh", "/bin/ssh")
)
"""Where ssh may be; never searched along PATH, which the caller controls."""

STDIN_NAME = "<stdin>"
"""The file name of standard input where the user gives none."""

_BANNER = rb"OpenSSH_(?:for_Windows_)?(\d{1,3})\.(\d{1,3})"


VENDOR_DIR = "/usr/etc/ssh"
"""openSUSE's sshd and ssh fall back to the files in this folder where /etc/ssh has none of that name."""


def is_live(path: str) -> bool:
    """Whether ``path`` is one of this machine's own files: below /etc/ssh, ~/.ssh or /usr/etc/ssh."""
    if path == STDIN_NAME or template_by_name(path):
        return False
    absolute = os.path.abspath(path)
    return absolute.startswith((f"{SSH_DIR}/", f"{home_directory()}/.ssh/", f"{VENDOR_DIR}/"))


def system_files(name: str) -> tuple[str, str]:
    """Where the system's file of this name may be; the first one that exists counts."""
    return f"{SSH_DIR}/{name}", f"{VENDOR_DIR}/{name}"


def system_file(name: str) -> str:
    """The system's file of this name, whether it exists or not."""
    own, vendors = system_files(name)
    return vendors if not os.path.lexists(own) and os.path.lexists(vendors) else own


def own_files() -> list[str]:
    """This machine's configs: sshd's, and the user's or else the system's for ssh, as far as they exist."""
    found = [path for path in (system_file("sshd_config"),) if os.path.lexists(path)]
    for client in (f"{home_directory()}/.ssh/config", system_file("ssh_config")):
        if os.path.lexists(client):
            return [*found, client]
    return found


def own_file_for(kind: Kind) -> str:
    """This machine's file of the language: sshd's, or the user's for ssh, whether it exists or not."""
    return system_file("sshd_config") if kind == "sshd_config" else f"{home_directory()}/.ssh/config"


def is_missing_user_config(path: str) -> bool:
    """Whether ``path`` is the user's own ~/.ssh/config, and there is nothing of that name."""
    return os.path.abspath(path) == own_file_for("ssh_config") and not os.path.lexists(path)


@lru_cache(maxsize=1)
def installed_target() -> Target | None:
    """The installed release with the patches of this system; None without an ssh.

    A newer release than sshkeep knows counts as its newest. Raises SshkeepError for an older one than its
    oldest.
    """
    release = _installed_release()
    return _target(release, *_system()) if release else None


def target_of_answers(version: str, os_release: str, system: str = "linux") -> Target | None:
    """The target of another machine, by what ``ssh -V`` printed and its /etc/os-release says.

    ``system`` is its kernel's name, as `sys.platform` has it. None where no version was printed. Raises as
    `installed_target`.
    """
    release = _release_in(version.encode(errors="replace"))
    return _target(release, *_named_by(os_release.splitlines(), system)) if release else None


def _target(release: Release, system: str, like: list[str], version: str) -> Target:
    if release < OLDEST:
        raise SshkeepError(f"this machine's OpenSSH {release} is older than {OLDEST}", "name a --target")
    return installed_as(min(release, NEWEST), system, like, version)


def _system() -> tuple[str, list[str], str]:
    """ID, ID_LIKE and VERSION_ID of this system, as /etc/os-release spells them."""
    if sys.platform == "darwin":
        from platform import mac_ver

        return "macos", [], mac_ver()[0].partition(".")[0]
    if sys.platform == "win32":
        return "windows", [], ""
    return _named_by(_os_release(), sys.platform)


def _named_by(os_release: Iterable[str], system: str) -> tuple[str, list[str], str]:
    pairs = (line.strip().partition("=") for line in os_release)
    fields = {key: value.strip("\"'") for key, _, value in pairs}
    name = system.rstrip("0123456789.")
    return fields.get("ID", name), fields.get("ID_LIKE", "").split(), fields.get("VERSION_ID", "")


def _installed_release() -> Release | None:
    from subprocess import DEVNULL, PIPE, STDOUT, SubprocessError, run

    for program in SSH_PROGRAMS:
        try:
            done = run(
                [program, "-V"], stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, timeout=10, env={}, check=False
            )
        except (OSError, SubprocessError):
            continue
        release = _release_in(done.stdout)
        if release:
            return release
    return None


def _release_in(printed: bytes) -> Release | None:
    banner = re.search(_BANNER, printed)
    return Release(int(banner[1]), int(banner[2])) if banner else None


def _os_release() -> list[str]:
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            with open(path, encoding="utf-8", errors="replace") as stream:
                return stream.readlines(65536)
        except OSError:
            continue
    return []


def target_for(live: bool) -> tuple[Target, bool]:
    """What the target ``auto`` means for a file, and whether that is installed.

    It is the installed target for this machine's files (``live``), and the newest one for others.
    """
    target = installed_target() if live else None
    return (target, True) if target else (NEWEST_TARGET, False)


def local_user() -> str:
    """The name of the user who runs sshkeep, as ssh finds it."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return os.environ.get("USERNAME", "")
