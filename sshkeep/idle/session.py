"""A session between two endpoints, and what to expect of it."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.idle.model.endpoint import Role, through_jump_host
from sshkeep.idle.model.forecast import Forecast, forecast
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.idle.other_timeouts import OtherTimeout, closes_idle_shell, other_timeouts
from sshkeep.named import NamedTuple


class Session(NamedTuple):
    """The endpoints as their configs have them, and the forecast for the session that they make.

    ``jump``: the client's connection to a jump host, which carries the session. ``path_given``: the forecast
    is about one path, which the user or a policy names.
    """

    server: EndpointConfig
    client: EndpointConfig
    jump: EndpointConfig | None
    path_given: bool
    forecast: Forecast
    other_timeouts: tuple[OtherTimeout, ...]

    def end(self, role: Role) -> EndpointConfig:
        """The endpoint with this role."""
        return self.server if role == "server" else self.client

    @property
    def lost(self) -> tuple[PathOutcome, ...]:
        """The paths on which the session is or may be lost."""
        return tuple(each for each in self.forecast.outcomes if each.verdict in ("dropped", "race"))


def predict_session(
    server: EndpointConfig,
    client: EndpointConfig,
    jump: EndpointConfig | None,
    paths: Sequence[NetworkPath],
    *,
    path_given: bool,
) -> Session:
    """The session between ``server`` and ``client`` on ``paths``."""
    timeouts = (*other_timeouts(server), *other_timeouts(client))
    endpoints = (
        server.endpoint._replace(closes_idle_shell=closes_idle_shell(timeouts, "server")),
        client.endpoint._replace(closes_idle_shell=closes_idle_shell(timeouts, "client")),
    )
    if jump is not None:
        endpoints = through_jump_host(*endpoints, jump.endpoint)
    return Session(server, client, jump, path_given, forecast(*endpoints, paths), timeouts)
