"""What /proc shows of the processes and sockets of a machine, read from outside of it."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_LISTEN = "0A"


class Process(NamedTuple):
    """One that lives, by the numbers of its own machine. ``started`` is in ticks since this machine's boot."""

    pid: int
    parent: int
    name: str
    started: int
    executable: str
    """With `` (deleted)`` behind it, as Linux does, when its file was replaced."""

    @property
    def is_sshd(self) -> bool:
        """By what it runs, not by what it calls itself."""
        return self.executable.removesuffix(" (deleted)") == "/usr/sbin/sshd"


def processes(proc: Path) -> list[Process]:
    """All of the machine whose ``/proc`` this is."""
    return list(filter(None, map(_process, proc.glob("[0-9]*"))))


def _process(folder: Path) -> Process | None:
    try:
        name, _, rest = (folder / "stat").read_text().partition(" (")[2].rpartition(") ")
        fields = rest.split()
        if fields[0] in "ZX":
            return None
        executable = os.readlink(folder / "exe")
    except OSError:  # it is gone
        return None
    return Process(int(folder.name), int(fields[1]), name, int(fields[19]), executable)


def listening(proc: Path) -> dict[str, set[str]]:
    """Address and port (``0.0.0.0:22``, ``[::]:22``) to the names of the processes that hold the socket."""
    holders: dict[str, set[str]] = {}
    for process in processes(proc):
        for inode in _sockets(proc / str(process.pid) / "fd"):
            holders.setdefault(inode, set()).add(process.name)
    return {address: holders.get(inode, set()) for address, inode in _listeners(proc / "1/net")}


def _sockets(folder: Path) -> Iterator[str]:
    try:
        for entry in folder.iterdir():
            target = os.readlink(entry)
            if target.startswith("socket:["):
                yield target[8:-1]
    except OSError:
        return


def _listeners(net: Path) -> Iterator[tuple[str, str]]:
    for name, shape in (("tcp", "{}:{}"), ("tcp6", "[{}]:{}")):
        for line in (net / name).read_text().splitlines()[1:]:
            fields = line.split()
            address, _, port = fields[1].partition(":")
            if fields[3] == _LISTEN:
                yield shape.format(_readable(address), int(port, 16)), fields[9]


def _readable(hexadecimal: str) -> str:
    """The kernel prints the words of an address as numbers, and these machines are little-endian."""
    data = bytes.fromhex(hexadecimal)
    words = b"".join(data[at : at + 4][::-1] for at in range(0, len(data), 4))
    return socket.inet_ntop(socket.AF_INET if len(words) == 4 else socket.AF_INET6, words)
