"""What is to be expected of a session that two ends leave idle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sshkeep.idle.notice import ends_idle, first_probe, notices_dead_peer, starves, tolerates
from sshkeep.idle.path import Path
from sshkeep.idle.side import Range, Role, Side
from sshkeep.idle.timing import spacing
from sshkeep.idle.verdict import Outcome, outcome


class End(NamedTuple):
    """One end's part; seconds, None for never. See `sshkeep.idle.notice` for what is counted from when."""

    side: Side
    first_probe: Range | None
    probe_every: int | None
    ends_idle: Range | None
    notices_dead_peer: Range | None
    tolerates: float | None
    starves: bool


class Forecast(NamedTuple):
    """Both ends, and what becomes of the session on each path."""

    server: End
    client: End
    outcomes: tuple[Outcome, ...]

    def of(self, role: Role) -> End:
        """One end's part."""
        return self.server if role == "server" else self.client


def forecast(server: Side, client: Side, paths: Sequence[Path], through: Side | None = None) -> Forecast:
    """The forecast for these two ends; ``paths`` in the order in which they are shown.

    ``through``: see `sshkeep.idle.verdict.outcome`.
    """
    return Forecast(
        _end(server, client),
        _end(client, server),
        tuple(outcome(server, client, path, through) for path in paths),
    )


def _end(side: Side, peer: Side) -> End:
    return End(
        side=side,
        first_probe=first_probe(side),
        probe_every=spacing(side) if side.probes else None,
        ends_idle=ends_idle(side, spacing(peer) if peer.probes else None),
        notices_dead_peer=notices_dead_peer(side),
        tolerates=tolerates(side),
        starves=starves(side),
    )
