"""How long a side had heard nothing when it spoke or left: seconds since it had received a packet."""

from collections.abc import Mapping, Sequence

from tests.lab.packets import Packet
from tests.lab.session import Side


def first_probe(recorded: Mapping[Side, Sequence[Packet]], since: float) -> tuple[Side, float] | None:
    """Who sends data first, and after how much silence; the kernel's keepalives and acknowledgements have none."""
    sent = [
        (packet.at, side)
        for side, packets in recorded.items()
        for packet in packets
        if packet.sent and packet.payload and packet.at > since
    ]
    if not sent:
        return None
    at, side = min(sent)
    return side, _silence(recorded[side], at)


def silence_before_exit(packets: Sequence[Packet], began: float, exited: float) -> float:
    """An exiting process closes its connection first; the peer may answer that before the exit is seen."""
    closing = (packet.at for packet in packets if packet.sent and packet.closes and packet.at > began)
    return _silence(packets, min([exited, *closing]))


def _silence(packets: Sequence[Packet], at: float) -> float:
    """Who is told that it is over, by the peer or by the NAT, has not heard of a living peer."""
    received = (packet.at for packet in packets if not (packet.sent or packet.closes) and packet.at < at)
    return round(at - max(received), 2)
