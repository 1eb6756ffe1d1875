"""One end of a session, as far as idleness is concerned."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sshkeep.idle.model.kernel import Kernel
from sshkeep.openssh.releases import SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO, Release

Role = Literal["server", "client"]

INTERVAL_KEYWORD: dict[Role, str] = {"server": "ClientAliveInterval", "client": "ServerAliveInterval"}
COUNT_KEYWORD: dict[Role, str] = {"server": "ClientAliveCountMax", "client": "ServerAliveCountMax"}
"""The keepalive of each end."""


class TimeRange(NamedTuple):
    """From ``low`` to ``high`` seconds."""

    low: float
    high: float

    def shifted(self, seconds: float) -> TimeRange:
        """The range so many seconds on."""
        return TimeRange(self.low + seconds, self.high + seconds)


class Endpoint(NamedTuple):
    """What is in effect on one end.

    ``release`` is None for a program that is not OpenSSH, which asks for no answer: its ``count_max`` is
    None, too. An ``interval`` of 0 is off. ``tcp_keepalive``: the kernel probes this end's own connection.
    """

    role: Role
    release: Release | None
    interval: int = 0
    count_max: int | None = 3
    tcp_keepalive: bool = True
    kernel: Kernel = Kernel()

    @property
    def zero_ends_sessions(self) -> bool:
        """Whether a count of 0 makes this end leave after one silent interval, without any probe.

        clientloop.c server_alive_check in every release, serverloop.c client_alive_check before 8.2.
        """
        if self.role == "client":
            return True
        return self.release is not None and self.release < SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO

    @property
    def sends_probes(self) -> bool:
        """Whether it sends SSH probes to a silent peer."""
        return self.interval > 0 and not (self.count_max == 0 and self.zero_ends_sessions)
