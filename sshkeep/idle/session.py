"""A session between two ends that are known: all that there is to say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sshkeep.idle.clocks import Clock, clocks
from sshkeep.idle.forecast import Forecast, forecast
from sshkeep.idle.in_effect import Known
from sshkeep.idle.path import Path
from sshkeep.idle.side import Role
from sshkeep.idle.verdict import Outcome


class Session(NamedTuple):
    """``through``: the connection to a jump host that carries it. ``named``: one path was asked for."""

    server: Known
    client: Known
    through: Known | None
    named: bool
    forecast: Forecast
    clocks: tuple[Clock, ...]

    def end(self, role: Role) -> Known:
        """The end of that name."""
        return self.server if role == "server" else self.client

    @property
    def lost(self) -> tuple[Outcome, ...]:
        """Where it does not survive for certain."""
        return tuple(each for each in self.forecast.outcomes if each.verdict in ("dropped", "race"))


def session(
    server: Known, client: Known, through: Known | None, paths: Sequence[Path], *, named: bool
) -> Session:
    """What is to be expected between ``server`` and ``client`` on ``paths``."""
    ends = (server.side, client.side)
    if through is not None:
        # ssh talks to the jump host's connection through a pipe; the socket is that connection's. The
        # server's kernel talks to the jump host, which is there, whatever becomes of the client.
        tcp = through.side.tcp_keepalive
        ends = (server.side._replace(tcp_keepalive=False), client.side._replace(tcp_keepalive=tcp))
    expected = forecast(*ends, paths, through.side if through else None)
    running = (*clocks(server), *clocks(client))
    return Session(server, client, through, named, expected, running)
