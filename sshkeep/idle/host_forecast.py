"""The forecast for every host that an ssh_config names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.blocks.named_hosts import EVERY_OTHER, NamedHost, named_hosts
from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.effective.host_lines import HostLines
from sshkeep.config.tree.config import Config
from sshkeep.idle.endpoint_config import EffectiveSetting, EndpointConfig, configured_endpoint
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, INTERVAL_KEYWORD, Endpoint, through_jump_host
from sshkeep.idle.model.forecast import Forecast, forecast
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.model.timers import probe_spacing
from sshkeep.idle.model.verdict import PathOutcome
from sshkeep.named import NamedTuple


class HostForecast(NamedTuple):
    """One host: its keepalive, where that comes from, and what becomes of an idle session to it.

    ``client`` is the endpoint as it acts in the session, ``jump_host`` the first of ProxyJump as the line has
    it. ``refused`` is why ssh exits for this host; then there are no ``outcomes``.
    """

    host: NamedHost
    interval: EffectiveSetting
    count_max: EffectiveSetting
    client: Endpoint
    outcomes: tuple[PathOutcome, ...]
    jump_host: str
    proxy_command: bool
    refused: str

    @property
    def deciding(self) -> EffectiveSetting:
        """The setting that decides: the count where ssh disconnects by a count of 0, else the interval."""
        return self.count_max if self.client.disconnects_when_idle else self.interval

    @property
    def uncertain(self) -> bool:
        """Whether a line counts if its block applies, which is not known."""
        return bool(self.interval.undecided or self.count_max.undecided)

    @property
    def probe_every(self) -> int | None:
        """Seconds from probe to probe, of the client or its connection to the jump host; None for never."""
        probing = [probe_spacing(each) for each in self.client.connections if each.sends_probes]
        return min(probing, default=None)

    @property
    def survived(self) -> int:
        """The number of paths that the session survives."""
        return sum(each.verdict == "survives" for each in self.outcomes)

    @property
    def lost(self) -> bool:
        """Whether the session is or may be lost on a path, or ssh does not connect at all."""
        return bool(self.refused) or any(each.verdict in ("dropped", "race") for each in self.outcomes)


class HostForecasts:
    """Forecasts for the hosts of one config; what is equal for several hosts is found out once.

    ``query`` is how ssh is called; its host does not count. ``kernel`` is this host's, ``server`` the other
    endpoint.
    """

    def __init__(
        self,
        config: Config,
        query: HostQuery,
        kernel: Kernel,
        server: Endpoint,
        paths: Sequence[NetworkPath],
    ) -> None:
        self.config = config
        self.lines = HostLines(config)
        self.query = query
        self.kernel = kernel
        self.server = server
        self.paths = paths
        self.jumps: dict[tuple[str, str], Endpoint] = {}
        self.sessions: dict[tuple[Endpoint, Endpoint | None], Forecast] = {}

    def all(self) -> Iterator[HostForecast]:
        """One for each name, and one for all other hosts. Raises SshkeepError as `HostLines.evaluate`."""
        for host in (*named_hosts(self.config), EVERY_OTHER):
            yield self._host(host)

    def _host(self, host: NamedHost) -> HostForecast:
        evaluated = self.lines.evaluate(self.query._replace(host=host.sample))
        client = configured_endpoint(self.config, evaluated, "client", self.kernel)
        session = self._session(client)
        refused = _refusal(evaluated)
        return HostForecast(
            host,
            client.settings[INTERVAL_KEYWORD["client"]],
            client.settings[COUNT_KEYWORD["client"]],
            session.client,
            () if refused else session.outcomes,
            client.value("proxyjump").partition(",")[0],
            bool(client.value("proxycommand")),
            refused,
        )

    def _session(self, client: EndpointConfig) -> Forecast:
        jump = self._jump(*client.jump_host) if client.jump_host else None
        key = (client.endpoint, jump)
        if key not in self.sessions:
            ends = (self.server, client.endpoint)
            ends = through_jump_host(*ends, jump) if jump else ends
            self.sessions[key] = forecast(*ends, self.paths)
        return self.sessions[key]

    def _jump(self, user: str, host: str) -> Endpoint:
        """The connection to the jump host."""
        if (user, host) not in self.jumps:
            query = self.query._replace(host=host, user=user or None, machine=None)
            evaluated = self.lines.evaluate(query)
            end = configured_endpoint(self.config, evaluated, "client", self.kernel)
            self.jumps[user, host] = end.endpoint
        return self.jumps[user, host]


def _refusal(evaluated: Evaluated) -> str:
    """Why ssh exits for the host; empty where it does not."""
    refused = min(evaluated.refusals, key=lambda refusal: refusal.place, default=None)
    if refused:
        return f"{refused.directive.where}: {refused.problem}"
    return next(iter(evaluated.problems), "")
