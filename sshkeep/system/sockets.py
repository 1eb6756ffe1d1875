"""TCP addresses on which programs of this machine listen, or could.

Nothing is sent to another machine: `greeting` connects to addresses of this one only.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Iterator

from sshkeep.named import NamedTuple

_LISTEN = "0A"
"""TCP_LISTEN of include/net/tcp_states.h."""
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
_MAX_GREETING = 1024


class Address(NamedTuple):
    """A numeric address with a port; ``host`` is as inet_ntop(3) writes it."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def family(self) -> socket.AddressFamily:
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET

    @property
    def is_wildcard(self) -> bool:
        """Whether it stands for all addresses of its family."""
        return self.host in _WILDCARDS


class ListeningSocket(NamedTuple):
    """``inode`` is the number that a process' descriptor shows (`sshkeep.system.processes.socket_inodes`)."""

    address: Address
    inode: int


def parse_shown(text: str) -> Address | None:
    """``0.0.0.0:22`` or ``[::]:22``; None for a name, or an address with a scope."""
    host, _, port = text.rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        return Address(socket.inet_ntop(family, socket.inet_pton(family, bare)), int(port))
    except (OSError, ValueError):
        return None


def listening_sockets(net: str = "/proc/self/net") -> list[ListeningSocket]:
    """All TCP sockets that listen in this network namespace; none where Linux does not show them."""
    return [each for name in ("tcp", "tcp6") for each in _listening(f"{net}/{name}")]


def _listening(path: str) -> Iterator[ListeningSocket]:
    try:
        with open(path, encoding="ascii") as stream:
            lines = stream.readlines()[1:]
    except OSError:  # no IPv6
        return
    for line in lines:
        fields = line.split()
        if len(fields) > 9 and fields[3] == _LISTEN:
            host, _, port = fields[1].partition(":")
            yield ListeningSocket(Address(_host(host), int(port, 16)), int(fields[9]))


def _host(hexadecimal: str) -> str:
    """The kernel prints each 32-bit word of the address as a number."""
    data = bytes.fromhex(hexadecimal)
    if sys.byteorder == "little":
        data = b"".join(data[at : at + 4][::-1] for at in range(0, len(data), 4))
    return socket.inet_ntop(socket.AF_INET if len(data) == 4 else socket.AF_INET6, data)


def bind_error(address: Address) -> int:
    """The errno with which the kernel refuses to bind the address as sshd does (listen_on_addr), or 0.

    The kernel itself knows its addresses and net.ipv4.ip_nonlocal_bind. The socket does not listen, and is
    closed at once.
    """
    try:
        with socket.socket(address.family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if address.family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            probe.bind((address.host, address.port))
    except OSError as error:
        return error.errno or errno.EINVAL
    return 0


def overlaps(one: Address, other: Address) -> bool:
    """Whether two sockets can't listen on both; ``::`` is taken to be for IPv4, too."""
    if one.port != other.port:
        return False
    return one.host == other.host or _covers(one, other) or _covers(other, one)


def _covers(wildcard: Address, address: Address) -> bool:
    return wildcard.host == "::" or (wildcard.is_wildcard and wildcard.family == address.family)


def greeting(address: Address, seconds: float) -> bytes:
    """The first bytes from the program that listens on ``address`` of this machine; empty where none come."""
    host = _WILDCARDS.get(address.host, address.host)
    try:
        if not _is_this_machine_s(address._replace(host=host)):
            return b""
        with socket.create_connection((host, address.port), seconds) as connection:
            return connection.recv(_MAX_GREETING)
    except OSError:
        return b""


def _is_this_machine_s(address: Address) -> bool:
    """Whether the way there starts and ends at that address. A datagram socket sends nothing to connect."""
    with socket.socket(address.family, socket.SOCK_DGRAM) as probe:
        probe.connect((address.host, address.port))
        return bool(probe.getsockname()[0] == address.host)


def strerror(number: int) -> str:
    """Why an address can't be bound, in words."""
    return "this machine does not have that address" if number == errno.EADDRNOTAVAIL else os.strerror(number)
