"""Whether an idle session survives a path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.peer_detection import channel_closes, ends_idle, first_probe, notices_dead_peer
from sshkeep.idle.model.probe_spacing import has_no_margin, is_too_late
from sshkeep.idle.model.timers import probe_spacing
from sshkeep.named import NamedTuple

Verdict = Literal["survives", "at risk", "race", "dropped"]


class Sender(NamedTuple):
    """A timer that sends a packet on an idle session: the first time in ``first``, then every ``seconds``.

    ``payload``: the packet is an SSH probe, else an empty keepalive of the kernel. ``by_jump``: the client's
    connection to a jump host sends it.
    """

    role: Role
    seconds: float
    payload: bool
    first: TimeRange
    by_jump: bool = False


class IdleExit(NamedTuple):
    """An endpoint ends an idle session; ``by_jump``: its connection to a jump host does.

    ``by_channel``: it closes the shell's channel (ChannelTimeout), for which probes do not count.
    """

    after: TimeRange
    role: Role
    by_jump: bool = False
    by_channel: bool = False


class PathOutcome(NamedTuple):
    """What becomes of an idle session on one path.

    ``sender`` is the most frequent one of those whose packets the path counts; None: there is none.
    ``ended_by``: this endpoint disconnects the session before the path forgets it.
    """

    path: NetworkPath
    verdict: Verdict
    sender: Sender | None
    ended_by: IdleExit | None = None


def senders(endpoint: Endpoint) -> Iterator[Sender]:
    """The timers of one endpoint, and of the connections that carry it."""
    for each in endpoint.connections:
        by_jump = each is not endpoint
        if probe := first_probe(each):
            yield Sender(endpoint.role, probe_spacing(each), True, probe, by_jump)
        if each.tcp_keepalive:
            seconds = each.kernel.keepalive_time
            yield Sender(endpoint.role, seconds, False, TimeRange(seconds, seconds), by_jump)


def path_outcome(server: Endpoint, client: Endpoint, path: NetworkPath) -> PathOutcome:
    """What becomes of an idle session of these two on ``path``.

    Where a connection to a jump host carries the session, ``path`` lies between the client and the jump host.
    """
    counted = [
        sender
        for sender in (*senders(server), *senders(client))
        if sender.payload or path.counts_kernel is not False
    ]
    sender = min(counted, key=lambda each: each.seconds, default=None)
    kept = sender is not None and not is_too_late(sender.seconds, path.timeout)
    exits = [each for each in idle_exits(server, client) if kept or each.after.high < path.timeout]
    ended_by = min(exits, default=None)
    verdict = "dropped" if ended_by else _verdict(sender, counted, server, path)
    return PathOutcome(path, verdict, sender, ended_by)


def _verdict(sender: Sender | None, counted: list[Sender], server: Endpoint, path: NetworkPath) -> Verdict:
    if sender is None:
        return "dropped"
    if is_too_late(sender.seconds, path.timeout):
        if path.on_expiry == "recreate" and _is_restored(counted, server):
            return "at risk"
        return "race" if sender.seconds <= path.timeout else "dropped"
    uncertain = not sender.payload and path.counts_kernel is None
    return "at risk" if uncertain or has_no_margin(sender.seconds, path.timeout) else "survives"


def _is_restored(counted: list[Sender], server: Endpoint) -> bool:
    """Whether the client sends a packet before the server exits."""
    first = min((sender.seconds for sender in counted if sender.role == "client"), default=None)
    exits = notices_dead_peer(server)
    return first is not None and (exits is None or first < exits.low)


def idle_exits(server: Endpoint, client: Endpoint) -> list[IdleExit]:
    """Who disconnects the idle session on a healthy link: at most one row for each connection and channel."""
    exits = []
    for endpoint, peer in ((server, client), (client, server)):
        # The connection to a jump host hears the server, and its answers to the client's own probes.
        if endpoint.closes_idle_shell > 0:
            closes = channel_closes(endpoint.closes_idle_shell)
            exits.append(IdleExit(closes, endpoint.role, by_channel=True))
        heard = [peer]
        for each in endpoint.connections:
            every = [probe_spacing(other) for other in heard if other.sends_probes]
            if end := ends_idle(each, min(every, default=None)):
                exits.append(IdleExit(end, endpoint.role, each is not endpoint))
            heard.append(each)
    return exits
