"""The endpoints of a session, read from their files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sshkeep.api.inputs import Contents, FilesInMemory, Inputs, PathLike
from sshkeep.api.query import Query, assumed_port, evaluate, load_for
from sshkeep.api.rulesets import Rulesets
from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.blocks.named_hosts import UNNAMED_HOST
from sshkeep.config.effective.evaluate import evaluate_ssh, refusals_for
from sshkeep.config.refusals import Refusal
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error
from sshkeep.errors import SshkeepError
from sshkeep.idle.endpoint_config import EndpointConfig, configured_endpoint, default_endpoint
from sshkeep.idle.model.endpoint import CONFIG_KIND, Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.sysctl_files import SYSCTLS, read_sysctl_files, sysctl_notes
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import ClientKind
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.trees.discover import tree_for
from sshkeep.trees.kind import client_kind
from sshkeep.trees.this_machine import local_user, own_files
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:
    from sshkeep.policy.resolved_policy import ResolvedPolicy


class EndpointSource(NamedTuple):
    """Where one endpoint's settings come from; ``file`` is empty for none, ``program`` if it is OpenSSH."""

    role: Role
    file: str
    target: str
    program: str = ""


class EndpointReader:
    """Reads the endpoints of one session. ``notes`` and ``missing`` are what both did not find.

    ``paths`` are the policies' own network paths by name, ``path`` the one that a policy sets.
    """

    def __init__(
        self,
        query: Query,
        kernel: Mapping[str, int],
        policy: str | None,
        root: PathLike | None,
        files: FilesInMemory | None = None,
        unsaved: Contents | None = None,
    ) -> None:
        self.query = query
        self.kernel = kernel
        self.policy = policy
        self.root = root
        self.files = files
        self.unsaved = unsaved
        self.notes: list[str] = []
        self.missing: dict[str, None] = {}
        self.paths: dict[str, NetworkPath] = {}
        self.path: NetworkPath | None = None

    def endpoint(self, source: EndpointSource) -> tuple[EndpointConfig, Config | None]:
        """One endpoint, and its config if it has one. Raises SshkeepError for what can't be read."""
        inputs = self._inputs(source)
        program = source.program or self.recognised(source)
        if program:
            return self._program(source._replace(program=program), inputs), None
        if not source.file:
            target = self._inputs(source).request.target or NEWEST_TARGET
            found = default_endpoint(source.role, target, self.kernel_of())
            return found._replace(target_given=source.target != "auto"), None
        tree, config = self.read(source)
        live = tree.is_read_here
        query = self._query(source.role)
        evaluated = evaluate(config, query, live=live)
        self.notes += assumed_port(config, query)
        if refused := refusals_for(evaluated, config):
            raise config_refused(refused[0], config)
        for_anyone = not (query.connection if source.role == "server" else self.query.host)
        found = configured_endpoint(config, evaluated, source.role, self.kernel_of(tree))
        return found._replace(for_anyone=for_anyone, target_given=source.target != "auto"), config

    def jump(self, client: EndpointConfig, config: Config | None) -> EndpointConfig | None:
        """The connection to the first jump host, if the client goes through one."""
        if client.jump_host is None or config is None:
            return None
        user, host = client.jump_host
        if config.is_for_one_host:
            self.notes.append(f"the connection to {host} is not looked at: an Include depends on the host")
            return None
        who = self.query.local_user or local_user()
        query = HostQuery(host, user or None, who, self.query.assume_exec)
        return configured_endpoint(config, evaluate_ssh(config, query), "client", client.endpoint.kernel)

    def _inputs(self, source: EndpointSource) -> Inputs:
        kind, home = CONFIG_KIND[source.role], self.query.home
        return Inputs(kind, source.target, self.root, self.files, self.unsaved, home=home)

    def read(self, source: EndpointSource) -> tuple[Tree, Config]:
        """The config of an endpoint that has one. Raises SshkeepError for what can't be read."""
        rulesets = Rulesets(self.policy, source.target)
        try:
            tree = rulesets.for_target(tree_for(source.file, self._inputs(source).request))
            config = load_for(tree, self.query)
            config.check_values_known()
        except (OSError, UnreadableFile) as error:
            raise SshkeepError(*describe_read_error(source.file, error)) from None
        for unread in config.unread:
            raise SshkeepError(f"{unread.path}: {unread.why}", f"{tree.name} includes it, and it may decide")
        self.missing.update(dict.fromkeys(config.not_found))
        self._take_paths(rulesets.policy_for(tree.name), tree.name)
        self.notes += rulesets.notes
        return tree, config

    def _take_paths(self, policy: ResolvedPolicy | None, name: str) -> None:
        if policy is not None:
            self.paths.update(policy.paths)
            self.path = self.path or policy.path_for(name)

    def recognised(self, source: EndpointSource) -> ClientKind | None:
        """The client program whose settings file it is, by its content; None for OpenSSH."""
        if source.role != "client" or not source.file:
            return None
        try:
            return client_kind(source.file, self._inputs(source).request.files)
        except (OSError, UnreadableFile):  # reported where it is read
            return None

    def _program(self, source: EndpointSource, inputs: Inputs) -> EndpointConfig:
        """The query's host names a saved session, if there are several."""
        from sshkeep.idle.clients.client_config import load_client_config
        from sshkeep.idle.clients.registry import client_endpoint, client_settings, find_client_program

        program = find_client_program(source.program)
        settings = program.defaults
        if source.file:
            try:
                data = inputs.request.files.read(source.file)
            except (OSError, UnreadableFile) as error:
                raise SshkeepError(*describe_read_error(source.file, error)) from None
            settings = client_settings(load_client_config(program, source.file, data), self.query.host)
            self._take_paths(self._policy(source), source.file)
        if source.target != "auto":
            raise SshkeepError(f"{program.title} is not OpenSSH", "leave --client-target out")
        return client_endpoint(program, settings, source.file, self.kernel_of())

    def _policy(self, source: EndpointSource) -> ResolvedPolicy | None:
        return Rulesets(self.policy, source.target).policy_for(source.file)

    def _query(self, role: Role) -> Query:
        if role == "server":
            return Query(self.query.connection)
        return self.query._replace(connection=(), host=self.query.host or UNNAMED_HOST)

    def kernel_of(self, tree: Tree | None = None) -> Kernel:
        """The kernel of the machine whose config it is, as far as that is known; else as Linux ships it.

        This machine's has the values that it runs with, any other those of its files for sysctl(8).
        """
        root = _machine_root(tree) if tree else None
        if tree is None or root is None:
            return Kernel()._replace(**self.kernel)
        configured = read_sysctl_files(root, tree.files)
        running = _this_kernel() if tree.is_read_here else {}
        self.notes += [note for note in sysctl_notes(configured, running) if note not in self.notes]
        values = {field: setting.value for field, setting in configured.items()}
        return Kernel()._replace(**{**values, **running, **self.kernel})


def _machine_root(tree: Tree) -> str | None:
    """The root of the machine whose config it is; None where no machine's files are known."""
    place = tree.tops[0].place
    return "" if place.live else place.root


def config_refused(refusal: Refusal, config: Config) -> SshkeepError:
    """The error for a config that the target refuses at this line."""
    where = f"{refusal.directive.where}: {refusal.problem}"
    return SshkeepError(
        f"{where}; {config.target.name} refuses the config", "`sshkeep lint` shows all problems"
    )


def local_config(role: Role) -> str:
    """This machine's own config for that endpoint; empty if it has none."""
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
