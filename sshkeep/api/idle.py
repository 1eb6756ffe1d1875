"""Forecast an idle session."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sshkeep.api.idle_endpoints import EndpointReader, EndpointSource, local_config
from sshkeep.api.inputs import Contents, FilesInMemory, PathLike
from sshkeep.api.query import Query
from sshkeep.api.rulesets import Rulesets, policy_for_call
from sshkeep.errors import SshkeepError
from sshkeep.idle.known_paths import KNOWN_PATHS
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.path_lookup import common_paths, find_path
from sshkeep.idle.session import Session, predict_session
from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import session_findings
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase
from sshkeep.policy.find import POLICY_NAME

if TYPE_CHECKING:
    from sshkeep.output.idle.json_report import IdleReport

NO_QUERY = Query()


class IdleResult(NamedTuple):
    """The forecast for a session, and findings that neither file shows alone. The JSON report is `report`.

    ``missing``: Includes for which nothing was found.
    """

    session: Session
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 if the session is or may be lost on a path, else 0."""
        return 1 if self.session.lost else 0

    def report(self) -> IdleReport:
        """The result as plain data; times are seconds."""
        from sshkeep.output.idle.json_report import idle_report

        return idle_report(self.session, self.findings, self.exit_code)


def idle(
    *,
    server: PathLike | None = None,
    client: PathLike | None = None,
    client_program: str = "",
    query: Query = NO_QUERY,
    server_target: str = "auto",
    client_target: str = "auto",
    path: str = "",
    path_timeout: float | None = None,
    kernel: Mapping[str, int] | None = None,
    root: PathLike | None = None,
    policy: PathLike | None = None,
    files: FilesInMemory | None = None,
    unsaved: Contents | None = None,
) -> IdleResult:
    """Forecast what becomes of an idle session between the sshd_config ``server`` and the ``client``.

    Without any file, both are this machine's. ``client`` is an ssh_config, or the settings of
    ``client_program``. ``query`` is the connection and host to evaluate them for. ``path`` names what is
    between them, or ``path_timeout`` is its idle timeout in seconds; else it is the common paths. ``kernel``
    has keepalive_time, keepalive_intvl and keepalive_probes of both hosts, as far as they are known.
    ``files``, ``unsaved``: as in `sshkeep.lint`. Raises SshkeepError.
    """
    own = server is None and client is None and not client_program
    sources = [
        EndpointSource("server", local_config("server") if own else _name(server), server_target),
        EndpointSource(
            "client", local_config("client") if own else _name(client), client_target, client_program
        ),
    ]
    reader = EndpointReader(query, kernel or {}, policy_for_call(policy, files), root, files, unsaved)
    (server_end, _), (client_end, config) = map(reader.endpoint, sources)
    jump = reader.jump(client_end, config)
    chosen = chosen_path(path, path_timeout, reader)
    paths = [chosen] if chosen else common_paths()
    session = predict_session(server_end, client_end, jump, paths, path_given=chosen is not None)
    found = tuple(session_findings(session, all_rules().values()))
    return IdleResult(session, found, tuple(reader.notes), tuple(reader.missing))


def _name(path: PathLike | None) -> str:
    return "" if path is None else os.fspath(path)


def chosen_path(name: str, timeout: float | None, reader: EndpointReader) -> NetworkPath | None:
    """The path that a call names, or else a policy's; None for the common ones. Raises SshkeepError."""
    if name and timeout is not None:
        raise SshkeepError("--path and --path-timeout don't go together", "a path has its own timeout")
    if timeout is not None:
        if not 0 < timeout < 1e9:
            raise SshkeepError(f"--path-timeout {timeout:g} is not a valid time", "seconds, more than 0")
        return NetworkPath("path", timeout, counts_kernel=True, label=Phrase("the path"))
    return find_path(name, reader.paths) if name else reader.path


def network_paths(rulesets: Rulesets) -> list[NetworkPath]:
    """All paths that have names: those of the policy for this folder, and the known ones."""
    resolved = rulesets.policy_for(POLICY_NAME)
    return [*(resolved.paths.values() if resolved else ()), *KNOWN_PATHS]
