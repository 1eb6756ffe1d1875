"""What becomes of a session once the path has forgotten it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, takewhile
from math import ceil

from sshkeep.idle.exits import Exit, alone
from sshkeep.idle.packets import SHOWN, Packet, into_silence
from sshkeep.idle.path import Expiry, Path, resets
from sshkeep.idle.side import Range, Side
from sshkeep.idle.spacing import RACE
from sshkeep.idle.verdict import Outcome

Parts = tuple[tuple[Packet, ...], tuple[float, ...], tuple[Exit, ...]]
"""Packets, the times at which the path forgets, exits: as in `sshkeep.idle.timeline.Timeline`."""


def forgotten(client: Side, server: Side, outcome: Outcome) -> Parts:
    """The path forgets the session, and what is said then has the fate that its kind knows."""
    path, sides = outcome.path, (client, server)
    ignored, heard = _ignored(sides, path)
    packets, forgets, exits = TOLD.get(path.on_expiry, _silent)(sides, path, heard)
    if outcome.verdict == "race":
        packets = tuple(_by_luck(packet, path) for packet in packets)
    return (*ignored, *packets), forgets, exits


def _ignored(sides: tuple[Side, Side], path: Path) -> tuple[tuple[Packet, ...], float]:
    """Keepalives of the kernel that the path passes and does not count, and when the last of them came."""
    speaking = [side for side in sides if side.tcp_keepalive and side.kernel.keepalive_time < path.timeout]
    if path.counts_kernel is not False or not speaking:
        return (), 0
    side = min(speaking, key=lambda side: side.kernel.keepalive_time)
    step = max(side.kernel.keepalive_time, 1)
    turns = ceil(path.timeout / step) - 1
    times = [turn * step for turn in range(1, min(turns, SHOWN) + 1)]
    return tuple(Packet(side.role, Range(at, at), False, "ignored") for at in times), turns * step


def _by_luck(packet: Packet, path: Path) -> Packet:
    return packet._replace(fate="unsure") if abs(packet.at.high - path.timeout) <= RACE else packet


def _silent(sides: tuple[Side, ...], path: Path, heard: float) -> Parts:
    """Nothing gets through; each end waits for itself."""
    packets = tuple(packet for side in sides for packet in islice(into_silence(side, heard), SHOWN))
    exits = tuple(gone for side in sides if (gone := alone(side, heard)))
    return packets, (path.timeout,), exits


def _reset(sides: tuple[Side, Side], path: Path, heard: float) -> Parts:
    """Who speaks is answered with a reset; who does not never hears of it."""
    packets: list[Packet] = []
    exits: list[Exit] = []
    for side in sides:
        if not resets(path, side.role):
            lost, _, gone = _silent((side,), path, heard)
            packets += lost
            exits += gone
            continue
        first = next(into_silence(side, heard), None)
        patience = alone(side, heard)
        if first:
            packets.append(first._replace(fate="reset"))
            # A probe that comes before the path forgets is answered.
            soonest = first.at.low if first.at.low >= path.timeout else first.at.high
            exits.append(Exit(side.role, Range(soonest, first.at.high), "reset"))
        elif patience:
            exits.append(patience)
    return tuple(packets), (path.timeout,), tuple(exits)


def _closed(sides: tuple[Side, Side], path: Path, heard: float) -> Parts:
    """The path closes the connections to both ends; what is seen is said before."""
    first = (next(into_silence(side, heard), None) for side in sides)
    packets = tuple(packet for packet in first if packet and packet.at.high <= path.timeout)
    closed = Range(path.timeout, path.timeout)
    return packets, (path.timeout,), tuple(Exit(side.role, closed, "closed") for side in sides)


def _revived(sides: tuple[Side, Side], path: Path, heard: float) -> Parts:
    """The client's first packet makes the path know the session again, if the server is still there."""
    client, server = sides
    said = into_silence(client, heard)
    first = next((packet for packet in said if packet.payload or path.counts_kernel is not False), None)
    if first is None:
        return _silent(sides, path, heard)
    patience = alone(server, heard)
    in_vain = takewhile(lambda packet: packet.at.high < first.at.high, into_silence(server, heard))
    lost = tuple(islice(in_vain, SHOWN))
    if patience and patience.at.low <= first.at.high:
        found_gone = Exit("client", first.at, "reset")
        return (*lost, first._replace(fate="reset")), (path.timeout,), (found_gone, patience)
    again = first._replace(at=first.at.later(first.at.high), fate="revives")
    forgets = (path.timeout, first.at.high + path.timeout)
    return (*lost, first._replace(fate="revives"), again), forgets, ()


TOLD: dict[Expiry, Callable[[tuple[Side, Side], Path, float], Parts]] = {
    "rst": _reset,
    "rst-inside": _reset,
    "close": _closed,
    "recreate": _revived,
}
"""What each kind of path does; the others are silent."""
