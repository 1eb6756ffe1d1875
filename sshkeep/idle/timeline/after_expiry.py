"""What happens on a session after the path has forgotten it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, takewhile
from math import ceil

from sshkeep.idle.model.endpoint import Endpoint, TimeRange
from sshkeep.idle.model.network_path import ExpiryAction, NetworkPath
from sshkeep.idle.model.probe_spacing import RACE_MARGIN
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.idle.timeline.events import (
    MAX_SHOWN,
    EndpointExit,
    Events,
    Packet,
    exit_unanswered,
    unanswered_packets,
)

Endpoints = tuple[Endpoint, Endpoint]
"""Client and server."""


def events_after_expiry(endpoints: Endpoints, outcome: PathOutcome) -> Events:
    """The path forgets the session; what it does with later packets depends on its kind."""
    path = outcome.path
    ignored, acknowledged = _ignored(endpoints, path)
    events = BY_EXPIRY_ACTION.get(path.on_expiry, _dropped)(endpoints, path, acknowledged)
    if outcome.verdict == "race":
        events = events._replace(packets=tuple(_uncertain(packet, path) for packet in events.packets))
    return events._replace(packets=(*ignored, *events.packets))


def _ignored(endpoints: Endpoints, path: NetworkPath) -> tuple[tuple[Packet, ...], float]:
    """TCP keepalives that the path passes but does not count, and when the last of them is answered."""
    connections = [(each, each.connections[-1]) for each in endpoints]
    sending = [
        (endpoint, tcp)
        for endpoint, tcp in connections
        if tcp.tcp_keepalive and tcp.kernel.keepalive_time < path.timeout
    ]
    if path.counts_kernel is not False or not sending:
        return (), 0
    endpoint, tcp = min(sending, key=lambda pair: pair[1].kernel.keepalive_time)
    step = max(tcp.kernel.keepalive_time, 1)
    turns = ceil(path.timeout / step) - 1
    times = [turn * step for turn in range(1, min(turns, MAX_SHOWN) + 1)]
    packets = (
        Packet(endpoint.role, TimeRange(at, at), False, "ignored", tcp is not endpoint) for at in times
    )
    return tuple(packets), turns * step


def _uncertain(packet: Packet, path: NetworkPath) -> Packet:
    return packet._replace(fate="uncertain") if abs(packet.at.high - path.timeout) <= RACE_MARGIN else packet


def _dropped(endpoints: tuple[Endpoint, ...], path: NetworkPath, acknowledged: float) -> Events:
    """Nothing gets through; each endpoint waits on its own."""
    packets = (islice(unanswered_packets(each, acknowledged), MAX_SHOWN) for each in endpoints)
    exits = (exit_unanswered(each, acknowledged) for each in endpoints)
    return Events(
        tuple(packet for sent in packets for packet in sent),
        (path.timeout,),
        tuple(each for each in exits if each),
    )


def _reset(endpoints: Endpoints, path: NetworkPath, acknowledged: float) -> Events:
    """An endpoint that sends a packet gets a TCP reset; one that sends nothing notices nothing."""
    packets: list[Packet] = []
    exits: list[EndpointExit] = []
    for endpoint in endpoints:
        if not path.resets(endpoint.role):
            events = _dropped((endpoint,), path, acknowledged)
            packets += events.packets
            exits += events.exits
        elif first := next(unanswered_packets(endpoint, acknowledged), None):
            packets.append(first._replace(fate="reset"))
            # A probe that comes before the timeout is answered.
            soonest = first.at.low if first.at.low >= path.timeout else first.at.high
            exits.append(EndpointExit(endpoint.role, TimeRange(soonest, first.at.high), "reset"))
        elif unanswered := exit_unanswered(endpoint, acknowledged):
            exits.append(unanswered)
    return Events(tuple(packets), (path.timeout,), tuple(exits))


def _closed(endpoints: Endpoints, path: NetworkPath, acknowledged: float) -> Events:
    """The path closes both connections; only packets before that count."""
    first = (next(unanswered_packets(each, acknowledged), None) for each in endpoints)
    packets = tuple(packet for packet in first if packet and packet.at.high <= path.timeout)
    closed = TimeRange(path.timeout, path.timeout)
    exits = tuple(EndpointExit(each.role, closed, "closed") for each in endpoints)
    return Events(packets, (path.timeout,), exits)


def _recreated(endpoints: Endpoints, path: NetworkPath, acknowledged: float) -> Events:
    """The client's first packet makes the path know the session again, if the server is still there."""
    client, server = endpoints
    sent = unanswered_packets(client, acknowledged)
    first = next((packet for packet in sent if packet.payload or path.counts_kernel is not False), None)
    if first is None:
        return _dropped(endpoints, path, acknowledged)
    server_exit = exit_unanswered(server, acknowledged)
    before = takewhile(
        lambda packet: packet.at.high < first.at.high, unanswered_packets(server, acknowledged)
    )
    lost = tuple(islice(before, MAX_SHOWN))
    if server_exit and server_exit.at.low <= first.at.high:
        client_exit = EndpointExit("client", first.at, "reset")
        return Events((*lost, first._replace(fate="reset")), (path.timeout,), (client_exit, server_exit))
    again = first._replace(at=first.at.shifted(first.at.high), fate="restores")
    expiries = (path.timeout, first.at.high + path.timeout)
    return Events((*lost, first._replace(fate="restores"), again), expiries)


BY_EXPIRY_ACTION: dict[ExpiryAction, Callable[[Endpoints, NetworkPath, float], Events]] = {
    "rst": _reset,
    "rst-inside": _reset,
    "close": _closed,
    "recreate": _recreated,
}
"""What happens on each kind of path; on the others, packets are dropped."""
