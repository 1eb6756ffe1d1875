"""Forecast an idle session to every host that an ssh_config names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sshkeep.api.idle import chosen_path
from sshkeep.api.idle_endpoints import EndpointReader, EndpointSource, config_refused, local_config
from sshkeep.api.inputs import Contents, FilesInMemory, PathLike
from sshkeep.api.query import Query, host_query
from sshkeep.api.rulesets import policy_for_call
from sshkeep.config.refusals import refused_lines
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.idle.host_forecast import HostForecast, HostForecasts
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.path_lookup import common_paths
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import CLIENT_TITLES
from sshkeep.trees.discover import not_openssh
from sshkeep.trees.kind import kind_by_name

if TYPE_CHECKING:
    from sshkeep.output.hosts.json_report import HostsReport


class HostsResult(NamedTuple):
    """The hosts in the order of reading; the last one stands for all that no line names.

    ``path_given``: the forecast is about one path, which the call or a policy names. ``missing``: Includes
    for which nothing was found. The JSON report is `report`.
    """

    hosts: tuple[HostForecast, ...]
    config: Config
    paths: tuple[NetworkPath, ...]
    path_given: bool
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 if a session to one of the hosts is or may be lost, else 0."""
        return 1 if any(each.lost for each in self.hosts) else 0

    def report(self) -> HostsReport:
        """The result as plain data; times are seconds."""
        from sshkeep.output.hosts.json_report import hosts_report

        return hosts_report(self.hosts, self.config, self.exit_code)


def hosts(
    file: PathLike | None = None,
    *,
    user: str = "",
    local_user: str = "",
    assume_exec: bool | None = None,
    home: PathLike = "",
    target: str = "auto",
    path: str = "",
    path_timeout: float | None = None,
    root: PathLike | None = None,
    policy: PathLike | None = None,
    files: FilesInMemory | None = None,
    unsaved: Contents | None = None,
) -> HostsResult:
    """Forecast an idle session to every host that the ssh_config ``file`` names, and to all others.

    Without ``file`` it is the user's own config with the system's. The server has the defaults, as in
    `sshkeep.idle` of a client alone; the other arguments are also those of `sshkeep.idle`. Raises
    SshkeepError.
    """
    name = local_config("client") if file is None else os.fspath(file)
    if not name:
        raise SshkeepError("this machine has no ssh_config", "name a file")
    if kind_by_name(name) == "sshd_config":
        raise SshkeepError(f"{name} is sshd's, and names no hosts", "`sshkeep idle --server FILE` reads it")
    query = Query((), "", user, local_user, assume_exec, os.fspath(home))
    reader = EndpointReader(query, {}, policy_for_call(policy, files), root, files, unsaved)
    source = EndpointSource("client", name, target)
    if program := reader.recognised(source):
        raise not_openssh(name, CLIENT_TITLES[program])
    tree, config = reader.read(source)
    for refusal in refused_lines(config):
        if refusal.reason != "unknown keyword":  # whether that is ignored depends on the host
            raise config_refused(refusal, config)
    chosen = chosen_path(path, path_timeout, reader)
    paths = (chosen,) if chosen else common_paths()
    server, _ = reader.endpoint(EndpointSource("server", "", "auto"))
    live = tree.is_read_here
    call = host_query(query, live=live)
    found = HostForecasts(config, call, reader.kernel_of(tree), server.endpoint, paths).all()
    notes, missing = tuple(reader.notes), tuple(reader.missing)
    return HostsResult(tuple(found), config, paths, chosen is not None, notes, missing)
