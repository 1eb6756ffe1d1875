"""What is to be expected of a session that two ends leave idle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.peer_detection import ends_idle, first_probe, notices_dead_peer, starves, tolerates
from sshkeep.idle.model.timers import probe_spacing
from sshkeep.idle.model.verdict import PathOutcome, path_outcome


class EndForecast(NamedTuple):
    """One end's part; seconds, None for never. `sshkeep.idle.model.peer_detection` has the details."""

    endpoint: Endpoint
    first_probe: TimeRange | None
    probe_every: int | None
    ends_idle: TimeRange | None
    notices_dead_peer: TimeRange | None
    tolerates: float | None
    starves: bool


class Forecast(NamedTuple):
    """Both ends, and what becomes of the session on each path."""

    server: EndForecast
    client: EndForecast
    outcomes: tuple[PathOutcome, ...]

    def of(self, role: Role) -> EndForecast:
        """One end's part."""
        return self.server if role == "server" else self.client


def forecast(
    server: Endpoint, client: Endpoint, paths: Sequence[NetworkPath], through: Endpoint | None = None
) -> Forecast:
    """The forecast for these two ends; ``paths`` in the order in which they are shown.

    ``through``: see `sshkeep.idle.model.verdict.outcome`.
    """
    return Forecast(
        _end(server, client),
        _end(client, server),
        tuple(path_outcome(server, client, path, through) for path in paths),
    )


def _end(side: Endpoint, peer: Endpoint) -> EndForecast:
    return EndForecast(
        endpoint=side,
        first_probe=first_probe(side),
        probe_every=probe_spacing(side) if side.sends_probes else None,
        ends_idle=ends_idle(side, probe_spacing(peer) if peer.sends_probes else None),
        notices_dead_peer=notices_dead_peer(side),
        tolerates=tolerates(side),
        starves=starves(side),
    )
