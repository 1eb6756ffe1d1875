"""What to expect of an idle session between two endpoints."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.verdict import PathOutcome, idle_exits, path_outcome
from sshkeep.named import NamedTuple


class Forecast(NamedTuple):
    """Both endpoints, as they act in this session, and what becomes of it on each path."""

    server: Endpoint
    client: Endpoint
    outcomes: tuple[PathOutcome, ...]

    def endpoint(self, role: Role) -> Endpoint:
        """The endpoint with this role."""
        return self.server if role == "server" else self.client

    def ends_idle(self, role: Role) -> TimeRange | None:
        """When this endpoint disconnects the idle session on a healthy link; None for never."""
        exits = [each for each in idle_exits(self.server, self.client) if each.role == role]
        return min(exits).after if exits else None


def forecast(server: Endpoint, client: Endpoint, paths: Sequence[NetworkPath]) -> Forecast:
    """The forecast for these two; the outcomes are in the order of ``paths``."""
    return Forecast(server, client, tuple(path_outcome(server, client, path) for path in paths))
