"""Where a config makes sshd listen, and whether it can.

`sshd -t` binds nothing. After SIGHUP sshd goes on with the addresses that it gets, and exits if it gets none
(server_listen of sshd.c).
"""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterable, Sequence

from sshkeep.config.effective.sshd import settings_at_start
from sshkeep.config.effective.sshd_startup import listen_lines
from sshkeep.config.tree.config import Config
from sshkeep.named import NamedTuple
from sshkeep.system.processes import PROC, running_processes, socket_inodes
from sshkeep.system.sockets import (
    Address,
    ListeningSocket,
    bind_error,
    listening_sockets,
    overlaps,
    parse_shown,
    strerror,
)

_NO_FAMILY = (errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT)
"""A kernel without IPv6: sshd goes on with what it gets."""


MAX_SOCKETS = 16
"""MAX_LISTEN_SOCKS of sshd.c, 8.0 to 10.x: with more, `sshd -t` accepts the config, and sshd exits."""


class Blocked(NamedTuple):
    """An address on which sshd could not listen, and why."""

    address: Address
    why: str

    def __str__(self) -> str:
        return f"{self.address} ({self.why})"


def listening_addresses(config: Config) -> tuple[Address, ...]:
    """Each listening address of the config with each port; host names are not looked up, and left out."""
    shown = listen_lines(settings_at_start(config), config)["listenaddress"]
    return tuple(dict.fromkeys(filter(None, map(parse_shown, shown))))


def blocked_addresses(wanted: Iterable[Address], own: Collection[int]) -> list[Blocked]:
    """Those that sshd could not bind now; ``own`` are the inodes of sockets that it gives back before."""
    sockets = listening_sockets()
    return [Blocked(each, why) for each in wanted if (why := _why_blocked(each, sockets, own))]


def self_blocked(wanted: Sequence[Address]) -> list[Blocked]:
    """Wildcards that sshd can't have beside an address with the same port, which it also binds."""
    return [
        Blocked(each, f"{other} of the same config is in the way")
        for each in wanted
        for other in wanted
        if each.is_wildcard and each != other and each[1:] == other[1:] and each.family == other.family
    ]


def without_ipv6(wanted: Sequence[Address]) -> tuple[Address, ...]:
    """The addresses whose family this kernel has."""
    return tuple(each for each in wanted if bind_error(each._replace(port=0)) not in _NO_FAMILY)


def _why_blocked(address: Address, sockets: Sequence[ListeningSocket], own: Collection[int]) -> str:
    """Empty where sshd can have the address."""
    unknown = bind_error(address._replace(port=0))
    if unknown:
        return strerror(unknown)
    error = bind_error(address)
    if error != errno.EADDRINUSE:
        return strerror(error) if error else ""
    others = blocking_sockets(address, sockets, own)
    if others:
        return f"held by {_holder(others[0])}"
    return "" if any(overlaps(each.address, address) for each in sockets) else strerror(error)


def blocking_sockets(
    address: Address, sockets: Iterable[ListeningSocket], own: Collection[int]
) -> list[ListeningSocket]:
    """The sockets of other programs that keep sshd from the address.

    ``::`` of another program is for IPv4 as well, unless sshd already has an IPv4 socket beside it.
    """
    near = [each for each in sockets if overlaps(each.address, address)]
    coexist = any(each.inode in own and each.address.family == address.family for each in near)
    return [
        each
        for each in near
        if each.inode not in own and not (coexist and each.address.family != address.family)
    ]


def _holder(held: ListeningSocket) -> str:
    for process in running_processes(PROC):
        if held.inode in socket_inodes(process.pid):
            name = process.executable.rpartition("/")[2] or "another program"
            return f"{name} (process {process.pid})"
    return "another program"
