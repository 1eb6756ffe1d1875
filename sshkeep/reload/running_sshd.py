"""Recognise the sshd that listens on this machine: by the file that it executes, never by its name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from sshkeep.config.tree.include_paths import SSH_DIR
from sshkeep.named import NamedTuple
from sshkeep.reload.system_files import SystemFiles
from sshkeep.system.processes import Process, running_processes, shares_our_system
from sshkeep.validate.commands import OPENSSH_PROGRAMS

PID_FILES = ("/run/sshd.pid", "/var/run/sshd.pid")
DELETED = " (deleted)"
"""What Linux puts behind the name of an executable that was replaced, as by an upgrade."""

_TAKE_ARGUMENT = "CEbcfghkopu"
"""The options of sshd with an argument (getopt in sshd.c main)."""
_FOREGROUND = "Dde"
_NO_LISTENER = frozenset("tTGiRV")
"""Options with which sshd checks a file, prints, or serves one connection that another program accepted."""
_OVER_THE_CONFIG = frozenset("46p")
"""Options that decide in place of Port and AddressFamily."""
_LISTENING = ("port", "listenaddress", "addressfamily")


class RunningSshd(NamedTuple):
    """The sshd that listens, or for which systemd does."""

    process: Process
    arguments: tuple[str, ...]
    """With which it was started."""

    @property
    def command(self) -> tuple[str, ...]:
        """What starts such an sshd again, as a daemon: without -D and -e."""
        kept = [each for each in _options(self.arguments) if each[0] not in _FOREGROUND]
        words = [word for flag, value in kept for word in (f"-{flag}", value) if word]
        return (self.process.executable.removesuffix(DELETED), *words)

    @property
    def name(self) -> str:
        """For messages."""
        return f"sshd (process {self.process.pid})"


def find_running_sshd(files: SystemFiles | None = None) -> RunningSshd | None:
    """The sshd that reads /etc/ssh/sshd_config; of several the one of the pid file, else the oldest."""
    found = list(listening_sshds(running_processes(), sshd_programs()))
    here = [sshd for sshd in found if shares_our_system(sshd.process.pid)]
    named = set(pid_file_numbers(files or SystemFiles()))
    return min(here, key=lambda sshd: (sshd.process.pid not in named, sshd.process.started), default=None)


def listening_sshds(processes: Iterable[Process], programs: Iterable[str]) -> Iterator[RunningSshd]:
    """Those of root that execute one of ``programs``, read the default config, and serve no one session."""
    executables = frozenset(programs)
    ours = [p for p in processes if p.user == 0 and p.executable.removesuffix(DELETED) in executables]
    found = [
        RunningSshd(p, arguments) for p in ours if (arguments := listener_arguments(p.words)) is not None
    ]
    pids = {sshd.process.pid for sshd in found}
    for sshd in found:
        if sshd.process.parent not in pids and reads_default_config(sshd.arguments):
            yield sshd


def pid_file_numbers(files: SystemFiles) -> Iterator[int]:
    """The numbers in sshd's pid files; what has them now may be any process."""
    for path in PID_FILES:
        text = files.text(path).strip()
        if text.isascii() and text.isdigit() and len(text) < 10:
            yield int(text)


def listener_arguments(words: Sequence[str]) -> tuple[str, ...] | None:
    """The arguments of an sshd that listens; None for one that does something else.

    Since 8.2 it shows ``sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups`` (prepare_proctitle of
    sshd.c); the processes of sessions show ``sshd: root@pts/0`` and the like.
    """
    if not words:
        return None
    if words[0].startswith("sshd: "):
        before, is_listener, _ = words[0].removeprefix("sshd: ").partition(" [listener]")
        if not is_listener:
            return None
        words = before.split(" ")
    arguments = tuple(words[1:])
    return None if _NO_LISTENER & {flag for flag, _ in _options(arguments)} else arguments


def reads_default_config(arguments: Sequence[str]) -> bool:
    """Whether an sshd with these arguments reads /etc/ssh/sshd_config."""
    named = [value for flag, value in _options(arguments) if flag == "f"]
    return all(os.path.realpath(path) == os.path.realpath(f"{SSH_DIR}/sshd_config") for path in named)


def listens_where_config_says(arguments: Sequence[str]) -> bool:
    """Whether no argument sets where sshd listens."""
    for flag, value in _options(arguments):
        keyword = value.replace("=", " ").split(None, 1)[:1]
        if flag in _OVER_THE_CONFIG or (flag == "o" and keyword and keyword[0].lower() in _LISTENING):
            return False
    return True


def _options(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each option with its argument, as getopt(3) takes them apart."""
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-") or word in ("-", "--"):
            return
        for at, flag in enumerate(word[1:], 2):
            if flag in _TAKE_ARGUMENT:
                yield flag, word[at:] or next(rest, "")
                break
            yield flag, ""


def sshd_programs() -> frozenset[str]:
    """Where sshd may be, also by the names without links that Linux shows."""
    paths = (*OPENSSH_PROGRAMS["sshd_config"], "/usr/bin/sshd")
    return frozenset((*paths, *map(os.path.realpath, paths)))
