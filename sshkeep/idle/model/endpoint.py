"""One endpoint of an SSH session: everything that its keepalive depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sshkeep.idle.model.kernel import Kernel
from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO, Release
from sshkeep.phrase import Phrase

if TYPE_CHECKING:
    from sshkeep.openssh.kind import Kind

Role = Literal["server", "client"]

ROLES: tuple[Role, ...] = ("server", "client")
PEER: dict[Role, Role] = {"server": "client", "client": "server"}
CONFIG_KIND: dict[Role, Kind] = {"server": "sshd_config", "client": "ssh_config"}
END_NAMES: dict[Role, Phrase] = {"server": Phrase("server"), "client": Phrase("client")}
"""What a sentence calls the two ends."""
PROGRAM: dict[Role, str] = {"server": "sshd", "client": "ssh"}
INTERVAL_KEYWORD: dict[Role, str] = {"server": "ClientAliveInterval", "client": "ServerAliveInterval"}
COUNT_KEYWORD: dict[Role, str] = {"server": "ClientAliveCountMax", "client": "ServerAliveCountMax"}
DEFAULT_COUNT = 3
"""The default of both counts, in every release."""


class TimeRange(NamedTuple):
    """From ``low`` to ``high`` seconds."""

    low: float
    high: float

    def shifted(self, seconds: float) -> TimeRange:
        """The range, ``seconds`` later."""
        return TimeRange(self.low + seconds, self.high + seconds)


class Endpoint(NamedTuple):
    """What is in effect on one endpoint.

    ``release`` is None for a program other than OpenSSH, which ``program`` names. Such a program counts no
    unanswered probes, so its ``count_max`` is None, too. An ``interval`` of 0 turns probes off.
    ``tcp_keepalive``: the kernel sends keepalives on this endpoint's own TCP connection. ``jump``: the
    client's connection to a jump host, which carries this session (see `through_jump_host`).
    ``count_zero_is_never``: a server before 8.2 that treats a count of 0 as 8.2 does
    (`Target.count_zero_is_never`). ``closes_idle_shell``: seconds after which ChannelTimeout closes a shell
    without input or output, whatever is probed; 0 for never.
    """

    role: Role
    release: Release | None
    interval: int = 0
    count_max: int | None = DEFAULT_COUNT
    tcp_keepalive: bool = True
    kernel: Kernel = Kernel()
    jump: Endpoint | None = None
    count_zero_is_never: bool = False
    closes_idle_shell: int = 0
    program: str = ""

    @property
    def zero_ends_sessions(self) -> bool:
        """Whether a count of 0 makes this endpoint disconnect after one silent interval, without a probe.

        clientloop.c, server_alive_check, in every release; serverloop.c, client_alive_check, before 8.2.
        """
        if self.role == "client":
            return True
        if self.release is None or self.count_zero_is_never:
            return False
        return self.release < SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO

    @property
    def disconnects_when_idle(self) -> bool:
        """Whether one silent interval ends the session: a count of 0, where that has this effect."""
        return self.interval > 0 and self.count_max == 0 and self.zero_ends_sessions

    @property
    def sends_probes(self) -> bool:
        """Whether this endpoint sends SSH probes to a silent peer."""
        return self.interval > 0 and not self.disconnects_when_idle

    @property
    def connections(self) -> tuple[Endpoint, ...]:
        """This endpoint, and the connections that carry it; the last one has the path's TCP connection."""
        return (self,) if self.jump is None else (self, *self.jump.connections)


def through_jump_host(server: Endpoint, client: Endpoint, jump: Endpoint) -> tuple[Endpoint, Endpoint]:
    """Server and client of a session that the client's connection ``jump`` carries to a jump host.

    ssh writes to a pipe (sshconnect.c, ssh_proxy_connect); the TCP connection on the path is that of
    ``jump``. The server's kernel sends its keepalives to the jump host, which answers whatever becomes of the
    client.
    """
    return server._replace(tcp_keepalive=False), client._replace(tcp_keepalive=False, jump=jump)
