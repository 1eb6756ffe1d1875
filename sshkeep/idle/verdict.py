"""Whether an idle session survives a path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sshkeep.idle.notice import ends_idle
from sshkeep.idle.path import Path
from sshkeep.idle.side import Role, Side
from sshkeep.idle.spacing import RACE, comes_too_late, leaves_no_room
from sshkeep.idle.timing import spacing

Verdict = Literal["survives", "at risk", "race", "dropped"]


class Sender(NamedTuple):
    """Something that speaks on an idle session every so many ``seconds``.

    ``payload``: in SSH's own packets, else in empty ones of the kernel.
    """

    role: Role
    seconds: float
    payload: bool


class Outcome(NamedTuple):
    """``by`` is the sender that speaks most often among those that the path counts; None: nobody does.

    ``ended_by``: this end leaves the idle session by itself, whatever the path does.
    """

    path: Path
    verdict: Verdict
    by: Sender | None
    ended_by: Role | None = None


def senders(side: Side) -> Iterator[Sender]:
    """What one end sends by itself."""
    if side.probes:
        yield Sender(side.role, spacing(side), True)
    if side.tcp_keepalive:
        yield Sender(side.role, side.kernel.keepalive_time, False)


def outcome(server: Side, client: Side, path: Path) -> Outcome:
    """What becomes of an idle session of these two on ``path``."""
    counted = [
        sender
        for side in (server, client)
        for sender in senders(side)
        if sender.payload or path.counts_kernel is not False
    ]
    by = min(counted, key=lambda sender: sender.seconds, default=None)
    ended_by = who_leaves(server, client)
    if ended_by or by is None:
        return Outcome(path, "dropped", by, ended_by)
    return Outcome(path, _verdict(by, counted, path), by)


def _verdict(by: Sender, counted: list[Sender], path: Path) -> Verdict:
    if comes_too_late(by.seconds, path.timeout):
        if path.on_expiry == "recreate" and any(sender.role == "client" for sender in counted):
            return "at risk"
        return "race" if by.seconds <= path.timeout + RACE else "dropped"
    unsure = not by.payload and path.counts_kernel is None
    return "at risk" if unsure or leaves_no_room(by.seconds, path.timeout) else "survives"


def who_leaves(server: Side, client: Side) -> Role | None:
    """The end that leaves an idle session on a healthy link, the earlier one if both would."""
    leaving = [
        (end.low, side.role)
        for side, peer in ((server, client), (client, server))
        if (end := ends_idle(side, spacing(peer) if peer.probes else None))
    ]
    return min(leaving)[1] if leaving else None
