"""The processes of this machine, as Linux shows them in /proc."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress

from sshkeep.named import NamedTuple

PROC = "/proc"


class Process(NamedTuple):
    """``pid`` and ``started`` together name one process; a pid alone is given again (pid_max of proc(5))."""

    pid: int
    parent: int
    started: int
    """Clock ticks since the boot."""
    user: int
    executable: str
    """The file that runs, with `` (deleted)`` behind it once it is replaced; empty where it is not shown."""
    words: tuple[str, ...]
    """The command line. A process may overwrite its own."""


def processes_are_visible(proc: str = PROC) -> bool:
    """Whether this system shows all processes with their files and sockets, and to this user."""
    return os.path.isdir(f"{proc}/self/fd") and hasattr(os, "geteuid") and os.geteuid() == 0


def read_process(pid: int, proc: str = PROC) -> Process | None:
    """The process with this number; None where there is none, or a zombie."""
    folder = f"{proc}/{pid}"
    try:
        with open(f"{folder}/stat", "rb") as stream:
            fields = stream.read().rpartition(b") ")[2].split()
        if fields[0] in (b"Z", b"X"):
            return None
        user = os.stat(folder).st_uid
        with open(f"{folder}/cmdline", "rb") as stream:
            words = tuple(os.fsdecode(word) for word in stream.read().split(b"\0") if word)
    except (OSError, IndexError):
        return None
    executable = ""
    with suppress(OSError):
        executable = os.readlink(f"{folder}/exe")
    return Process(pid, int(fields[1]), int(fields[19]), user, executable, words)


def running_processes(proc: str = PROC) -> Iterator[Process]:
    """All processes that live."""
    for name in os.listdir(proc):
        if name.isascii() and name.isdigit():
            process = read_process(int(name), proc)
            if process:
                yield process


def shares_our_system(pid: int, proc: str = PROC) -> bool:
    """Whether the process has this one's root directory and network: that of a container has not."""
    try:
        same_root = os.path.samestat(os.stat(f"{proc}/{pid}/root/"), os.stat("/"))
        return same_root and os.readlink(f"{proc}/{pid}/ns/net") == os.readlink(f"{proc}/self/ns/net")
    except OSError:
        return False


def socket_inodes(pid: int, proc: str = PROC) -> frozenset[int]:
    """The inode numbers of the sockets that the process holds; none where it is gone."""
    folder = f"{proc}/{pid}/fd"
    found = set()
    with suppress(OSError):
        for name in os.listdir(folder):
            with suppress(OSError):
                target = os.readlink(f"{folder}/{name}")
                if target.startswith("socket:["):
                    found.add(int(target[8:-1]))
    return frozenset(found)


def send_signal(process: Process, number: signal.Signals) -> bool:
    """Send a signal to exactly this process; False where it is gone. Raises OSError."""
    if not hasattr(os, "pidfd_open"):
        return _send_by_number(process, number)
    try:
        descriptor = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return False
    except OSError:  # Linux before 5.3
        return _send_by_number(process, number)
    try:
        if not _still_is(process):
            return False
        signal.pidfd_send_signal(descriptor, number)
    except ProcessLookupError:
        return False
    finally:
        os.close(descriptor)
    return True


def _send_by_number(process: Process, number: signal.Signals) -> bool:
    if not _still_is(process):
        return False
    try:
        os.kill(process.pid, number)
    except ProcessLookupError:
        return False
    return True


def _still_is(process: Process) -> bool:
    now = read_process(process.pid)
    return now is not None and (now.started, now.executable) == (process.started, process.executable)
