"""What Linux does for a TCP connection by itself: keepalives and retransmissions."""

from __future__ import annotations

from sshkeep.named import NamedTuple

RTO_MIN = 0.2
RTO_MAX = 120.0
"""Seconds before a packet is sent again, the first time and at most (Linux, TCP_RTO_MIN and TCP_RTO_MAX)."""


class Kernel(NamedTuple):
    """A host's sysctls net.ipv4.tcp_*: seconds, seconds, a number, a number. The defaults are Linux's."""

    keepalive_time: int = 7200
    keepalive_intvl: int = 75
    keepalive_probes: int = 9
    retries2: int = 15

    @property
    def keepalive_timeout(self) -> int:
        """Seconds after the last packet at which TCPKeepAlive ends a connection with no data in flight."""
        return self.keepalive_time + self.keepalive_intvl * self.keepalive_probes

    @property
    def last_keepalive(self) -> int:
        """Seconds after the last packet at which the last keepalive goes out: an answer to it is in time."""
        return self.keepalive_time + self.keepalive_intvl * (self.keepalive_probes - 1)

    @property
    def retransmission_timeout_min(self) -> float:
        """Seconds for which unacknowledged data is sent again, at the least: 924.6 with Linux's defaults."""
        return sum(retransmission_wait(turn) for turn in range(self.retries2 + 1))

    @property
    def retransmission_timeout_max(self) -> float:
        """The same on a slower path, with one more wait; measured: 3.4 to 7.1 s for a minimum of 3.0."""
        return sum(retransmission_wait(turn, 1.2 * RTO_MIN) for turn in range(self.retries2 + 2))


def retransmission_wait(turn: int, first: float = RTO_MIN) -> float:
    """Seconds before the packet is sent again for the ``turn``-th time: each wait is twice the one before."""
    return min(first * 2.0 ** min(turn, 32), RTO_MAX)
