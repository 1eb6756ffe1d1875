"""Both ends of the session that `sshkeep idle` is asked about, read from their files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from sshkeep.cli.choice import Chooser
from sshkeep.cli.question import Question, evaluated
from sshkeep.cli.run import Run
from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.effective.evaluate import refusals_for
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error
from sshkeep.errors import SshkeepError
from sshkeep.idle.carried import first_jump, through_command
from sshkeep.idle.in_effect import KIND, Known, by_default, known
from sshkeep.idle.kernel import Kernel
from sshkeep.idle.path import Path
from sshkeep.idle.side import Role
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.trees.discover import tree_for
from sshkeep.trees.this_machine import local_user, own_files
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:
    from sshkeep.policy.resolved_policy import ResolvedPolicy

NOBODY = "a-host-that-no-block-names.invalid"
"""HostQuery for where --host names none."""

SYSCTLS = {
    "keepalive_time": "tcp_keepalive_time",
    "keepalive_intvl": "tcp_keepalive_intvl",
    "keepalive_probes": "tcp_keepalive_probes",
    "retries2": "tcp_retries2",
}


class Named(NamedTuple):
    """What the command line says of one end; ``file`` is empty for none."""

    role: Role
    file: str
    target: str
    root: str | None
    program: str = ""
    """A client that is not OpenSSH."""


class Ends:
    """Reads the ends; collects what the runs of both did not find."""

    def __init__(self, question: Question, kernel: dict[str, int], policy: str | None) -> None:
        self.question = question
        self.kernel = kernel
        self.policy = policy
        self.runs: list[Run] = []
        self.paths: dict[str, Path] = {}
        """The policies' own, by name."""
        self.path: Path | None = None
        """The one that a policy says the sessions go through."""

    def end(self, named: Named) -> tuple[Known, Config | None]:
        """One end, and its config if it has one. Raises SshkeepError for what can't be read."""
        if named.program:
            return self._program(named), None
        run = Run(KIND[named.role], named.target, named.root)
        self.runs.append(run)
        if not named.file:
            target = run.request.target or NEWEST_TARGET
            return by_default(named.role, target, self._kernel(live=False)), None
        tree, config = self._read(named, run)
        live = tree.tops[0].place.live
        asked = self._question(named.role)
        found = evaluated(config, asked, live=live)
        if refused := refusals_for(found, config):
            where = f"{refused[0].directive.where}: {refused[0].problem}"
            raise SshkeepError(
                f"{where}; {config.target.name} refuses the config", "`sshkeep lint` tells all"
            )
        anybody = not (asked.connection if named.role == "server" else self.question.host)
        end = known(config, found, named.role, self._kernel(live=live))._replace(
            anybody=anybody, target_named=named.target != "auto"
        )
        return through_command(end) if named.role == "client" else end, config

    def jump(self, client: Known, config: Config | None) -> Known | None:
        """The connection to the first jump host, where the client goes through one."""
        hop = first_jump(client)
        if hop is None or config is None:
            return None
        from sshkeep.config.effective.evaluate import evaluate_ssh

        user, host = hop
        asked = HostQuery(host, user or None, self.question.local_user or local_user())
        return known(config, evaluate_ssh(config, asked), "client", client.side.kernel)

    def _read(self, named: Named, run: Run) -> tuple[Tree, Config]:
        chooser = Chooser(self.policy, named.target)
        try:
            tree = chooser.for_target(tree_for(named.file, run.request))
            config = tree.load()
        except (OSError, UnreadableFile) as error:
            raise SshkeepError(*describe_read_error(named.file, error)) from None
        for unread in config.unread:
            raise SshkeepError(f"{unread.path}: {unread.why}", f"{tree.name} includes it, and it may decide")
        run.missing.update(dict.fromkeys(config.not_found))
        self._take_paths(chooser.ruling_for(tree.name), tree.name)
        return tree, config

    def _take_paths(self, ruling: ResolvedPolicy | None, name: str) -> None:
        if ruling is not None:
            self.paths.update(ruling.paths)
            self.path = self.path or ruling.path_for(name)

    def _program(self, named: Named) -> Known:
        """--host names a saved session, where there are several."""
        from sshkeep.idle.programs import client_with, program_named, settings_in

        program = program_named(named.program)
        given = settings_in(program, named.file, self.question.host) if named.file else program.shipped
        return client_with(program, given, named.file, self._kernel(live=False))

    def _question(self, role: Role) -> Question:
        if role == "server":
            return self.question._replace(host="", user="", local_user="", assume_exec=None)
        return self.question._replace(connection=[], host=self.question.host or NOBODY)

    def _kernel(self, *, live: bool) -> Kernel:
        """This machine's for an end whose config is this machine's, else as Linux ships it."""
        return Kernel()._replace(**{**(_this_kernel() if live else {}), **self.kernel})


def own_end(role: Role) -> str:
    """This machine's own config for that end; empty where it has none."""
    name = KIND[role]
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
