"""What becomes of idle sessions with the keepalive of this config: see ``sshkeep idle`` and ``hosts``."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.api.hosts import hosts
from sshkeep.api.idle import idle
from sshkeep.errors import SshkeepError
from sshkeep.idle.duration import format_duration
from sshkeep.idle.model.endpoint import TimeRange
from sshkeep.idle.model.peer_detection import first_probe
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.lsp.analysis import Analysis
from sshkeep.named import NamedTuple


class IdleOutlook(NamedTuple):
    """For sshd, or for one host of an ssh_config: the first probe, and the paths between.

    ``header`` is where the Host line is that names it, as ``path:line``; empty for all others.
    """

    name: str
    header: str
    first_probe: str
    outcomes: tuple[PathOutcome, ...]

    @property
    def summary(self) -> str:
        """How many of the common paths an idle session survives."""
        survived = sum(each.verdict == "survives" for each in self.outcomes)
        return f"survives {survived} of {len(self.outcomes)} common paths"

    def paths(self, *verdicts: str) -> str:
        """The names of the paths with one of these verdicts."""
        return ", ".join(each.path.label for each in self.outcomes if each.verdict in verdicts)


def idle_outlooks(analysis: Analysis) -> Sequence[IdleOutlook]:
    """One for sshd; for ssh one for each host that the config names, then for all others.

    There are none where OpenSSH refuses the config.
    """
    config, job = analysis.config, analysis.job
    if config is None or config.is_template:
        return ()
    files = None if job.on_disk else {job.path: job.texts[job.path]}
    unsaved = job.texts if job.on_disk else None
    target, path = config.target.name, analysis.tree.name if analysis.tree else job.path
    policy = analysis.rulesets.named
    try:
        if config.kind == "sshd_config":
            session = idle(server=path, server_target=target, files=files, unsaved=unsaved, policy=policy)
            server = session.session.forecast.server
            return [IdleOutlook("sshd", "", _when(first_probe(server)), session.session.forecast.outcomes)]
        found = hosts(path, target=target, files=files, unsaved=unsaved, policy=policy).hosts
    except SshkeepError:
        return ()
    return [
        IdleOutlook(
            each.host.name,
            each.host.block.header.where if each.host.block else "",
            _when(first_probe(each.client)),
            each.outcomes,
        )
        for each in found
        if each.outcomes
    ]


def _when(probe: TimeRange | None) -> str:
    return f"first probe after {format_duration(probe.low)}" if probe else "no probe is ever sent"
