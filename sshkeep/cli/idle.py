"""``sshkeep idle``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sshkeep.cli import idle_options as its
from sshkeep.cli import options, question
from sshkeep.cli.choice import Chooser
from sshkeep.cli.exits import Exit
from sshkeep.cli.idle_inputs import EndpointArguments, EndpointReader, local_config
from sshkeep.cli.idle_options import Format
from sshkeep.cli.sink import Sink
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import Terminal
from sshkeep.policy.find import POLICY_NAME

if TYPE_CHECKING:
    from sshkeep.idle.model.network_path import NetworkPath
    from sshkeep.idle.session import Session


def idle(
    server: its.Server = None,
    client: its.Client = None,
    client_program: its.ClientProgram = "",
    host: question.HostName = "",
    connection: question.ConnectionPairs = None,
    user: question.UserName = "",
    local_user_name: question.LocalUser = "",
    assume_exec: question.AssumeExec = None,
    server_target: its.ServerTarget = "auto",
    client_target: its.ClientTarget = "auto",
    path: its.PathName = "",
    path_timeout: its.PathTimeout = None,
    list_paths: its.ListPaths = False,
    keepalive_time: its.KeepaliveTime = None,
    keepalive_intvl: its.KeepaliveIntvl = None,
    keepalive_probes: its.KeepaliveProbes = None,
    root: options.Root = None,
    policy: options.PolicyFile = None,
    format: its.FormatName = Format.TEXT,
    output: options.OutputFile = None,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Tell whether an idle session survives, and who notices when it does not. Exit 1: it is lost."""
    terminal = Terminal(color.value if output is None else "never")
    if list_paths:
        return _list(policy, output, terminal)
    kernel = {
        "keepalive_time": keepalive_time,
        "keepalive_intvl": keepalive_intvl,
        "keepalive_probes": keepalive_probes,
    }
    asked = question.Question(connection or [], host, user, local_user_name, assume_exec)
    ends = EndpointReader(asked, {name: value for name, value in kernel.items() if value is not None}, policy)
    if server is None and client is None and not client_program:
        server, client = local_config("server"), local_config("client")
    found = _session(
        ends,
        EndpointArguments("server", server or "", server_target, root),
        EndpointArguments("client", client or "", client_target, root, client_program),
        (path, path_timeout),
    )
    code = Exit.FOUND if found.lost else Exit.FINE
    with Sink(output) as sink:
        sink.lines(_shown(format, found, code, terminal))
    for run in ends.runs:
        run.tell_missing()
    return code


def _list(policy: str | None, output: str | None, terminal: Terminal) -> Exit:
    from sshkeep.idle.known_paths import KNOWN_PATHS
    from sshkeep.output.idle.path_table import path_lines

    ruling = Chooser(policy, "auto").ruling_for(POLICY_NAME)
    with Sink(output) as sink:
        sink.lines(path_lines([*(ruling.paths.values() if ruling else ()), *KNOWN_PATHS], terminal))
    return Exit.FINE


def _session(
    ends: EndpointReader,
    server: EndpointArguments,
    client: EndpointArguments,
    asked: tuple[str, float | None],
) -> Session:
    from sshkeep.idle.path_lookup import common_paths
    from sshkeep.idle.session import predict_session

    serving, _ = ends.end(server)
    asking, config = ends.end(client)
    jump = ends.jump(asking, config)
    path = _path(*asked, ends)
    paths = [path] if path else common_paths()
    return predict_session(serving, asking, jump, paths, path_given=path is not None)


def _path(name: str, timeout: float | None, ends: EndpointReader) -> NetworkPath | None:
    """The one that is asked for, or else a policy's; None for the common ones."""
    from sshkeep.idle.model.network_path import NetworkPath
    from sshkeep.idle.path_lookup import find_path

    if name and timeout is not None:
        raise SshkeepError("--path and --path-timeout don't go together", "a path has its own timeout")
    if timeout is not None:
        if not 0 < timeout < 1e9:
            raise SshkeepError(f"--path-timeout {timeout:g} is no time to wait", "seconds, more than 0")
        return NetworkPath("path", timeout, counts_kernel=True, label="the path")
    return find_path(name, ends.paths) if name else ends.path


def _shown(format: Format, found: Session, code: Exit, terminal: Terminal) -> Iterable[str]:
    from sshkeep.lint.registry import all_rules
    from sshkeep.lint.runner import session_findings

    told = session_findings(found, all_rules().values())
    if format is Format.JSON:
        from sshkeep.output.idle.json_report import idle_report

        return [idle_report(found, told, code).model_dump_json(indent=2)]
    if format is Format.SVG:
        return [_picture(found)]
    from sshkeep.output.idle.text_report import idle_lines

    return idle_lines(found, told, terminal)


def _picture(found: Session) -> str:
    from sshkeep.idle.explanation import reason_text, verdict_text
    from sshkeep.idle.timeline.timeline import build_timeline
    from sshkeep.output.idle.svg import timeline_svg

    if not found.path_given:
        raise SshkeepError("a picture is of one path", "name it with --path or --path-timeout")
    (outcome,) = found.forecast.outcomes
    timeline = build_timeline(found.forecast, outcome)
    return timeline_svg(timeline, verdict_text(outcome), reason_text(found, outcome)).rstrip("\n")
