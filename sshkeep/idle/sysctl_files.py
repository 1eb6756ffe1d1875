"""Values of net.ipv4.tcp_* that the files of sysctl(8) set when a machine starts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from sshkeep.config.tree.file_system import FileSystem, UnreadableFile
from sshkeep.idle.model.kernel import Kernel
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import decode

SYSCTLS = {
    "keepalive_time": "tcp_keepalive_time",
    "keepalive_intvl": "tcp_keepalive_intvl",
    "keepalive_probes": "tcp_keepalive_probes",
    "retries2": "tcp_retries2",
}
"""The fields of `Kernel`, and the files below /proc/sys/net/ipv4."""
FOLDERS = ("etc/sysctl.d", "run/sysctl.d", "usr/local/lib/sysctl.d", "usr/lib/sysctl.d", "lib/sysctl.d")
"""sysctl.d(5): of files with one name, that of the first folder counts; all are read by name."""
LAST = "etc/sysctl.conf"
"""sysctl(8) --system reads it last; with systemd, a link 99-sysctl.conf stands for it."""
MAX_VALUE = 2**31 - 1


class Sysctl(NamedTuple):
    """A value of a sysctl, and ``file:line`` of the last line that sets it."""

    value: int
    where: str


def read_sysctl_files(root: str, files: FileSystem) -> dict[str, Sysctl]:
    """The values that are numbers, by the field of `Kernel`; ``root`` is "" for this machine."""
    fields = {f"net.ipv4.{name}": field for field, name in SYSCTLS.items()}
    found: dict[str, Sysctl] = {}
    for path in _paths(root, files):
        try:
            text = decode(files.read(path))
        except (OSError, UnreadableFile):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            name, equals, value = line.partition("=")
            # A minus in front: errors are ignored. A slash is another way to write the dot.
            field = fields.get(name.strip().removeprefix("-").replace("/", ".")) if equals else None
            if field and value.strip().isascii() and value.strip().isdigit() and len(value.strip()) < 11:
                found[field] = Sysctl(min(int(value), MAX_VALUE), f"{path}:{number}")
    return found


def _paths(root: str, files: FileSystem) -> Iterator[str]:
    base = root.rstrip("/")
    by_name: dict[str, str] = {}
    for folder in FOLDERS:
        for path in files.glob(f"{base}/{folder}/*.conf"):
            by_name.setdefault(posixpath.basename(path), path)
    last = f"{base}/{LAST}"
    ends = str(files.identity(base or "/")).rstrip("/")
    for path in (*(by_name[name] for name in sorted(by_name)), last):
        # A link out of a root that is no machine's is none of its files.
        if str(files.identity(path)).startswith(f"{ends}/"):
            yield path


def sysctl_notes(files: dict[str, Sysctl], running: dict[str, int]) -> Iterator[str]:
    """What the files mean for an idle session."""
    for field, setting in files.items():
        if field in running and running[field] != setting.value:
            yield Phrase(
                "{place} sets {sysctl} to {value}, but the kernel has {running}: "
                "sysctl --system loads the files",
                place=setting.where,
                sysctl=SYSCTLS[field],
                value=setting.value,
                running=running[field],
            )
    changed = [s.where for f, s in files.items() if f != "retries2" and s.value != getattr(Kernel(), f)]
    if changed:
        yield Phrase(
            "{place}: TCP keepalives are the kernel's, for all programs, and only for sockets with"
            " SO_KEEPALIVE (TCPKeepAlive yes); many paths don't count them, so they are not the cure",
            place=changed[0],
        )
