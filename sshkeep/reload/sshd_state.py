"""What can be seen of sshd at one moment, and what follows for a reload."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sshkeep.named import NamedTuple
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.reload.running_sshd import RunningSshd, find_running_sshd
from sshkeep.system.processes import socket_inodes
from sshkeep.system.sockets import Address, greeting, listening_sockets

SYSTEMD = 1
"""The process that holds the sockets of units."""
SECONDS_TO_ANSWER = 3
"""For the first line of sshd, which under a socket has to be started first."""


class SshdState(NamedTuple):
    """``sockets`` are the listening sockets of sshd, or systemd's for it, with their inode numbers."""

    sshd: RunningSshd | None
    sockets: Mapping[Address, int]

    @property
    def inodes(self) -> frozenset[int]:
        return frozenset(self.sockets.values())

    @property
    def addresses(self) -> tuple[Address, ...]:
        return tuple(self.sockets)


def look_at_sshd(reload: ReloadCommand, wanted: Iterable[Address] = ()) -> SshdState:
    """sshd as it is now. ``wanted`` are addresses at which systemd may listen for it."""
    sshd = find_running_sshd()
    held = socket_inodes(sshd.process.pid) if sshd else frozenset()
    sockets = listening_sockets()
    own = {each.address: each.inode for each in sockets if each.inode in held}
    if reload.listener == "systemd":
        ports = reload.listener_ports | {each.port for each in wanted}
        by_systemd = socket_inodes(SYSTEMD)
        own |= {
            each.address: each.inode
            for each in sockets
            if each.inode in by_systemd and each.address.port in ports
        }
    return SshdState(sshd, own)


def not_yet_as_wanted(
    before: SshdState, now: SshdState, wanted: Sequence[Address], reload: ReloadCommand
) -> str:
    """Why sshd is not seen to run with the new files; empty when it is.

    After SIGHUP sshd closes its listening sockets, executes itself anew and makes others (sighup_restart of
    sshd.c): the process is the same one, and its sockets have new numbers.
    """
    if reload.listener == "sshd":
        if now.sshd is None:
            return "no sshd is running"
        if _same_process(before, now) and before.inodes & now.inodes:
            return f"{now.sshd.name} has not read the files again"
    elif before.sshd and _same_process(before, now):
        return f"{before.sshd.name}, which has the old settings, still runs"
    lacking = [each for each in wanted if not _is_listened_on(each, now, reload)]
    if lacking:
        who = now.sshd.name if reload.listener == "sshd" and now.sshd else reload.listener
        return f"{who} does not listen on {address_list(lacking)}"
    if not now.sockets:
        return f"nobody listens for sshd: {reload.listener} has no socket"
    return ""


def _same_process(before: SshdState, now: SshdState) -> bool:
    return (
        before.sshd is not None
        and now.sshd is not None
        and (before.sshd.process.pid, before.sshd.process.started)
        == (now.sshd.process.pid, now.sshd.process.started)
    )


def _is_listened_on(address: Address, now: SshdState, reload: ReloadCommand) -> bool:
    """systemd's ``::`` is for IPv4, too, unless its unit says otherwise (BindIPv6Only=)."""
    if address in now.sockets:
        return True
    return reload.listener == "systemd" and Address("::", address.port) in now.sockets


def answering(state: SshdState) -> Address | None:
    """One of the addresses at which sshd answers with its version; None where none does."""
    return next(
        (each for each in state.sockets if greeting(each, SECONDS_TO_ANSWER).startswith(b"SSH-")), None
    )


def address_list(addresses: Iterable[Address]) -> str:
    """``0.0.0.0:22 and [::]:22``."""
    texts = list(map(str, addresses))
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
