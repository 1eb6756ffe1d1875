"""Both ends of the session that `sshkeep idle` is asked about, read from their files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from sshkeep.cli.choice import Chooser
from sshkeep.cli.question import Question, evaluated
from sshkeep.cli.run import Run
from sshkeep.config.evaluate import refusals_of
from sshkeep.config.files import Unreadable, explained
from sshkeep.config.matching import HostQuery
from sshkeep.config.model import Config
from sshkeep.errors import SshkeepError
from sshkeep.idle.endpoint_config import EndpointConfig, configured_endpoint, default_endpoint
from sshkeep.idle.model.endpoint import CONFIG_KIND, Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.trees.discover import tree_for
from sshkeep.trees.this_machine import local_user, own_files
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:
    from sshkeep.policy.resolved_policy import ResolvedPolicy

UNNAMED_HOST = "a-host-that-no-block-names.invalid"
"""Asked for where --host names none."""

SYSCTLS = {
    "keepalive_time": "tcp_keepalive_time",
    "keepalive_intvl": "tcp_keepalive_intvl",
    "keepalive_probes": "tcp_keepalive_probes",
    "retries2": "tcp_retries2",
}


class EndpointArguments(NamedTuple):
    """What the command line says of one end; ``file`` is empty for none."""

    role: Role
    file: str
    target: str
    root: str | None
    program: str = ""
    """A client that is not OpenSSH."""


class EndpointReader:
    """Reads the ends; collects what the runs of both did not find."""

    def __init__(self, question: Question, kernel: dict[str, int], policy: str | None) -> None:
        self.question = question
        self.kernel = kernel
        self.policy = policy
        self.runs: list[Run] = []
        self.paths: dict[str, NetworkPath] = {}
        """The policies' own, by name."""
        self.path: NetworkPath | None = None
        """The one that a policy says the sessions go through."""

    def end(self, named: EndpointArguments) -> tuple[EndpointConfig, Config | None]:
        """One end, and its config if it has one. Raises SshkeepError for what can't be read."""
        if named.program:
            return self._program(named), None
        run = Run(CONFIG_KIND[named.role], named.target, named.root)
        self.runs.append(run)
        if not named.file:
            target = run.request.target or NEWEST_TARGET
            return default_endpoint(named.role, target, self._kernel(live=False)), None
        tree, config = self._read(named, run)
        live = tree.tops[0].place.live
        asked = self._question(named.role)
        found = evaluated(config, asked, live=live)
        if refused := refusals_of(found, config):
            where = f"{refused[0].directive.where}: {refused[0].problem}"
            raise SshkeepError(
                f"{where}; {config.target.name} refuses the config", "`sshkeep lint` tells all"
            )
        for_anyone = not (asked.connection if named.role == "server" else self.question.host)
        end = configured_endpoint(config, found, named.role, self._kernel(live=live))
        return end._replace(for_anyone=for_anyone, target_given=named.target != "auto"), config

    def jump(self, client: EndpointConfig, config: Config | None) -> EndpointConfig | None:
        """The connection to the first jump host, where the client goes through one."""
        if client.jump_host is None or config is None:
            return None
        from sshkeep.config.evaluate import evaluate_ssh

        user, host = client.jump_host
        asked = HostQuery(host, user or None, self.question.local_user or local_user())
        return configured_endpoint(config, evaluate_ssh(config, asked), "client", client.endpoint.kernel)

    def _read(self, named: EndpointArguments, run: Run) -> tuple[Tree, Config]:
        chooser = Chooser(self.policy, named.target)
        try:
            tree = chooser.for_target(tree_for(named.file, run.request))
            config = tree.load()
        except (OSError, Unreadable) as error:
            raise SshkeepError(*explained(named.file, error)) from None
        for unread in config.unread:
            raise SshkeepError(f"{unread.path}: {unread.why}", f"{tree.name} includes it, and it may decide")
        run.missing.update(dict.fromkeys(config.not_found))
        self._take_paths(chooser.ruling_for(tree.name), tree.name)
        return tree, config

    def _take_paths(self, ruling: ResolvedPolicy | None, name: str) -> None:
        if ruling is not None:
            self.paths.update(ruling.paths)
            self.path = self.path or ruling.path_for(name)

    def _program(self, named: EndpointArguments) -> EndpointConfig:
        """--host names a saved session, where there are several."""
        from sshkeep.idle.clients.registry import client_endpoint, find_client_program, read_client_settings

        program = find_client_program(named.program)
        given = (
            read_client_settings(program, named.file, self.question.host) if named.file else program.defaults
        )
        return client_endpoint(program, given, named.file, self._kernel(live=False))

    def _question(self, role: Role) -> Question:
        if role == "server":
            return self.question._replace(host="", user="", local_user="", assume_exec=None)
        return self.question._replace(connection=[], host=self.question.host or UNNAMED_HOST)

    def _kernel(self, *, live: bool) -> Kernel:
        """This machine's for an end whose config is this machine's, else as Linux ships it."""
        return Kernel()._replace(**{**(_this_kernel() if live else {}), **self.kernel})


def local_config(role: Role) -> str:
    """This machine's own config for that end; empty where it has none."""
    name = CONFIG_KIND[role]
    files = own_files()
    server = [path for path in files if os.path.basename(path) == "sshd_config"]
    return next(iter(server if name == "sshd_config" else [path for path in files if path not in server]), "")


def _this_kernel() -> dict[str, int]:
    found = {}
    for field, name in SYSCTLS.items():
        try:
            with open(f"/proc/sys/net/ipv4/{name}", encoding="ascii") as stream:
                found[field] = int(stream.read(32))
        except (OSError, ValueError):
            continue
    return found
