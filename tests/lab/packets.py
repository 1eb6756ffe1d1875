"""What TCP packets one host sent and received, with the kernel's own time of each."""

import socket
import struct
from typing import NamedTuple

from tests.lab.namespace import Namespace

_EVERY_PROTOCOL = 3
_OUTGOING = 4
_IPV4 = 0x0800
_TCP = 6
_FIN_OR_RST = 5
_SO_TIMESTAMPNS = 35
_ROOM = 1 << 20
"""Far more than the few hundred small packets of one session."""


class Packet(NamedTuple):
    """``at`` is in seconds since the epoch; ``payload`` in bytes, 0 for a mere ACK or a kernel's keepalive.

    ``closes``: it says that the connection is over.
    """

    at: float
    sent: bool
    payload: int
    closes: bool


class Packets:
    """Records from when it is made; the kernel keeps and stamps the packets until they are asked for."""

    def __init__(self, namespace: Namespace) -> None:
        with namespace.entered():
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_EVERY_PROTOCOL))
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
        self.socket.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self.recorded: list[Packet] = []

    def so_far(self) -> list[Packet]:
        """All TCP packets up to now."""
        while True:
            try:
                data, ancillary, _, sender = self.socket.recvmsg(64, 64)
            except BlockingIOError:
                return self.recorded
            if sender[1] == _IPV4 and data[9] == _TCP:
                seconds, nanoseconds = struct.unpack("qq", ancillary[0][2])
                self.recorded.append(_packet(data, seconds + nanoseconds / 1e9, sent=sender[2] == _OUTGOING))

    def close(self) -> None:
        self.socket.close()


def _packet(data: bytes, at: float, *, sent: bool) -> Packet:
    header = (data[0] & 15) * 4
    whole = int.from_bytes(data[2:4], "big")
    payload = whole - header - (data[header + 12] >> 4) * 4
    return Packet(at, sent, payload, closes=bool(data[header + 13] & _FIN_OR_RST))
