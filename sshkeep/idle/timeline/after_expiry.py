"""What becomes of a session once the path has forgotten it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, takewhile
from math import ceil

from sshkeep.idle.model.endpoint import Endpoint, TimeRange
from sshkeep.idle.model.network_path import ExpiryAction, NetworkPath, resets
from sshkeep.idle.model.probe_spacing import RACE_MARGIN
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.idle.timeline.events import MAX_SHOWN, Packet, unanswered_packets
from sshkeep.idle.timeline.exits import EndpointExit, exit_unanswered

Events = tuple[tuple[Packet, ...], tuple[float, ...], tuple[EndpointExit, ...]]
"""Packets, the times at which the path forgets, exits: as in `sshkeep.idle.timeline.timeline.Timeline`."""


def events_after_expiry(client: Endpoint, server: Endpoint, outcome: PathOutcome) -> Events:
    """The path forgets the session, and what is said then has the fate that its kind knows."""
    path, sides = outcome.path, (client, server)
    ignored, heard = _ignored(sides, path)
    packets, forgets, exits = BY_EXPIRY_ACTION.get(path.on_expiry, _silent)(sides, path, heard)
    if outcome.verdict == "race":
        packets = tuple(_by_luck(packet, path) for packet in packets)
    return (*ignored, *packets), forgets, exits


def _ignored(sides: tuple[Endpoint, Endpoint], path: NetworkPath) -> tuple[tuple[Packet, ...], float]:
    """Keepalives of the kernel that the path passes and does not count, and when the last of them came."""
    speaking = [side for side in sides if side.tcp_keepalive and side.kernel.keepalive_time < path.timeout]
    if path.counts_kernel is not False or not speaking:
        return (), 0
    side = min(speaking, key=lambda side: side.kernel.keepalive_time)
    step = max(side.kernel.keepalive_time, 1)
    turns = ceil(path.timeout / step) - 1
    times = [turn * step for turn in range(1, min(turns, MAX_SHOWN) + 1)]
    return tuple(Packet(side.role, TimeRange(at, at), False, "ignored") for at in times), turns * step


def _by_luck(packet: Packet, path: NetworkPath) -> Packet:
    return packet._replace(fate="unsure") if abs(packet.at.high - path.timeout) <= RACE_MARGIN else packet


def _silent(sides: tuple[Endpoint, ...], path: NetworkPath, heard: float) -> Events:
    """Nothing gets through; each end waits for itself."""
    packets = tuple(packet for side in sides for packet in islice(unanswered_packets(side, heard), MAX_SHOWN))
    exits = tuple(gone for side in sides if (gone := exit_unanswered(side, heard)))
    return packets, (path.timeout,), exits


def _reset(sides: tuple[Endpoint, Endpoint], path: NetworkPath, heard: float) -> Events:
    """Who speaks is answered with a reset; who does not never hears of it."""
    packets: list[Packet] = []
    exits: list[EndpointExit] = []
    for side in sides:
        if not resets(path, side.role):
            lost, _, gone = _silent((side,), path, heard)
            packets += lost
            exits += gone
            continue
        first = next(unanswered_packets(side, heard), None)
        patience = exit_unanswered(side, heard)
        if first:
            packets.append(first._replace(fate="reset"))
            # A probe that comes before the path forgets is answered.
            soonest = first.at.low if first.at.low >= path.timeout else first.at.high
            exits.append(EndpointExit(side.role, TimeRange(soonest, first.at.high), "reset"))
        elif patience:
            exits.append(patience)
    return tuple(packets), (path.timeout,), tuple(exits)


def _closed(sides: tuple[Endpoint, Endpoint], path: NetworkPath, heard: float) -> Events:
    """The path closes the connections to both ends; what is seen is said before."""
    first = (next(unanswered_packets(side, heard), None) for side in sides)
    packets = tuple(packet for packet in first if packet and packet.at.high <= path.timeout)
    closed = TimeRange(path.timeout, path.timeout)
    return packets, (path.timeout,), tuple(EndpointExit(side.role, closed, "closed") for side in sides)


def _revived(sides: tuple[Endpoint, Endpoint], path: NetworkPath, heard: float) -> Events:
    """The client's first packet makes the path know the session again, if the server is still there."""
    client, server = sides
    said = unanswered_packets(client, heard)
    first = next((packet for packet in said if packet.payload or path.counts_kernel is not False), None)
    if first is None:
        return _silent(sides, path, heard)
    patience = exit_unanswered(server, heard)
    in_vain = takewhile(lambda packet: packet.at.high < first.at.high, unanswered_packets(server, heard))
    lost = tuple(islice(in_vain, MAX_SHOWN))
    if patience and patience.at.low <= first.at.high:
        found_gone = EndpointExit("client", first.at, "reset")
        return (*lost, first._replace(fate="reset")), (path.timeout,), (found_gone, patience)
    again = first._replace(at=first.at.shifted(first.at.high), fate="revives")
    forgets = (path.timeout, first.at.high + path.timeout)
    return (*lost, first._replace(fate="revives"), again), forgets, ()


BY_EXPIRY_ACTION: dict[ExpiryAction, Callable[[tuple[Endpoint, Endpoint], NetworkPath, float], Events]] = {
    "rst": _reset,
    "rst-inside": _reset,
    "close": _closed,
    "recreate": _revived,
}
"""What each kind of path does; the others are silent."""
