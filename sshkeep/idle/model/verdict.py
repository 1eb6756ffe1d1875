"""Whether an idle session survives a path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sshkeep.idle.model.endpoint import Endpoint, Role
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.peer_detection import ends_idle, notices_dead_peer
from sshkeep.idle.model.probe_spacing import has_no_margin, is_too_late
from sshkeep.idle.model.timers import probe_spacing

Verdict = Literal["survives", "at risk", "race", "dropped"]


class Sender(NamedTuple):
    """Something that speaks on an idle session every so many ``seconds``.

    ``payload``: in SSH's own packets, else in empty ones of the kernel. ``carries``: the connection to a
    jump host does so, which carries the session.
    """

    role: Role
    seconds: float
    payload: bool
    carries: bool = False


class PathOutcome(NamedTuple):
    """``by`` is the sender that speaks most often among those that the path counts; None: nobody does.

    ``ended_by``: this end leaves the idle session by itself, whatever the path does.
    """

    path: NetworkPath
    verdict: Verdict
    by: Sender | None
    ended_by: Role | None = None


def senders(side: Endpoint) -> Iterator[Sender]:
    """What one end sends by itself."""
    if side.sends_probes:
        yield Sender(side.role, probe_spacing(side), True)
    if side.tcp_keepalive:
        yield Sender(side.role, side.kernel.keepalive_time, False)


def path_outcome(
    server: Endpoint, client: Endpoint, path: NetworkPath, through: Endpoint | None = None
) -> PathOutcome:
    """What becomes of an idle session of these two on ``path``.

    ``through`` is the client's end of the connection to a jump host that carries this one; the path is then
    before the jump host.
    """
    carrying = [sender._replace(carries=True) for sender in senders(through)] if through else ()
    counted = [
        sender
        for sender in (*senders(server), *senders(client), *carrying)
        if sender.payload or path.counts_kernel is not False
    ]
    by = min(counted, key=lambda sender: sender.seconds, default=None)
    ended_by = idle_exit(server, client)
    verdict = "dropped" if ended_by else _verdict(by, counted, server, path)
    return PathOutcome(path, verdict, by, ended_by)


def _verdict(by: Sender | None, counted: list[Sender], server: Endpoint, path: NetworkPath) -> Verdict:
    if by is None:
        return "dropped"
    if is_too_late(by.seconds, path.timeout):
        if path.on_expiry == "recreate" and _is_brought_back(counted, server):
            return "at risk"
        return "race" if by.seconds <= path.timeout else "dropped"
    unsure = not by.payload and path.counts_kernel is None
    return "at risk" if unsure or has_no_margin(by.seconds, path.timeout) else "survives"


def _is_brought_back(counted: list[Sender], server: Endpoint) -> bool:
    """Whether the client speaks before the server has given up."""
    first = min((sender.seconds for sender in counted if sender.role == "client"), default=None)
    gone = notices_dead_peer(server)
    return first is not None and (gone is None or first < gone.low)


def idle_exit(server: Endpoint, client: Endpoint) -> Role | None:
    """The end that leaves an idle session on a healthy link, the earlier one if both would."""
    leaving = [
        (end.low, side.role)
        for side, peer in ((server, client), (client, server))
        if (end := ends_idle(side, probe_spacing(peer) if peer.sends_probes else None))
    ]
    return min(leaving)[1] if leaving else None
