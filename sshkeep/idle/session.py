"""A session between two ends that are known: all that there is to say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.idle.model.endpoint import Role
from sshkeep.idle.model.forecast import Forecast, forecast
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.idle.other_timeouts import OtherTimeout, other_timeouts


class Session(NamedTuple):
    """``through``: the connection to a jump host that carries it. ``named``: one path was asked for."""

    server: EndpointConfig
    client: EndpointConfig
    through: EndpointConfig | None
    named: bool
    forecast: Forecast
    clocks: tuple[OtherTimeout, ...]

    def end(self, role: Role) -> EndpointConfig:
        """The end of that name."""
        return self.server if role == "server" else self.client

    @property
    def lost(self) -> tuple[PathOutcome, ...]:
        """Where it does not survive for certain."""
        return tuple(each for each in self.forecast.outcomes if each.verdict in ("dropped", "race"))


def predict_session(
    server: EndpointConfig,
    client: EndpointConfig,
    through: EndpointConfig | None,
    paths: Sequence[NetworkPath],
    *,
    named: bool,
) -> Session:
    """What is to be expected between ``server`` and ``client`` on ``paths``."""
    ends = (server.endpoint, client.endpoint)
    if through is not None:
        # ssh talks to the jump host's connection through a pipe; the socket is that connection's. The
        # server's kernel talks to the jump host, which is there, whatever becomes of the client.
        tcp = through.endpoint.tcp_keepalive
        ends = (server.endpoint._replace(tcp_keepalive=False), client.endpoint._replace(tcp_keepalive=tcp))
    expected = forecast(*ends, paths, through.endpoint if through else None)
    running = (*other_timeouts(server), *other_timeouts(client))
    return Session(server, client, through, named, expected, running)
