"""How a call shares its work among processes."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.named import NamedTuple

MANY_TREES = 500
"""Fewer are linted before another process has started."""


class Sharing(NamedTuple):
    """How a call shares its work among processes.

    ``jobs``: how many; None: as many as there are cores, where there is enough to do. ``reports``: whether
    the report is wanted as plain data. ``progress`` is told how many configs of how many are done.
    """

    jobs: int | None = None
    reports: bool = False
    progress: Callable[[int, int], None] = lambda done, total: None

    def processes(self, trees: int) -> int:
        """How many processes lint so many trees."""
        if self.jobs == 1 or (self.jobs is None and trees < MANY_TREES):
            return 1
        from sshkeep.system.worker_processes import can_share_work, cores

        return min(self.jobs or cores(), trees) if can_share_work() else 1


ALONE = Sharing(1)
