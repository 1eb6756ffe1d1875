"""What Linux does for a TCP connection by itself: its keepalive, and how long it sends again."""

from __future__ import annotations

from typing import NamedTuple

RTO_MIN = 0.2
RTO_MAX = 120.0
"""Seconds before a packet is sent again, the first time and at most (Linux, TCP_RTO_MIN and TCP_RTO_MAX)."""


class Kernel(NamedTuple):
    """A host's sysctls net.ipv4.tcp_*: seconds, seconds, a number, a number. As Linux ships them."""

    keepalive_time: int = 7200
    keepalive_intvl: int = 75
    keepalive_probes: int = 9
    retries2: int = 15

    @property
    def gives_up_idle(self) -> int:
        """Seconds after the last packet at which TCPKeepAlive ends a connection with nothing under way."""
        return self.keepalive_time + self.keepalive_intvl * self.keepalive_probes

    @property
    def last_chance(self) -> int:
        """Seconds after the last packet of the last keepalive that a peer may still answer."""
        return self.keepalive_time + self.keepalive_intvl * (self.keepalive_probes - 1)

    @property
    def sends_again_for(self) -> float:
        """Seconds for which data that nobody acknowledges is sent again, at the least: 924.6 as shipped."""
        return sum(retransmission_wait(turn) for turn in range(self.retries2 + 1))

    @property
    def sends_again_at_most(self) -> float:
        """The same where the path is a little slower, with one more wait; measured 3.4 to 7.1 s for 3.0."""
        return sum(retransmission_wait(turn, 1.2 * RTO_MIN) for turn in range(self.retries2 + 2))


def retransmission_wait(turn: int, first: float = RTO_MIN) -> float:
    """Seconds before the packet is sent for the ``turn``-th time again: each wait is twice the last one."""
    return min(first * 2.0 ** min(turn, 32), RTO_MAX)
