"""``sshkeep idle``."""

from collections.abc import Iterator

from sshkeep.api.idle import IdleResult, network_paths
from sshkeep.api.idle import idle as forecast_idle
from sshkeep.api.query import Query
from sshkeep.api.rulesets import Rulesets
from sshkeep.cli import idle_options, options, query_options
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import View, formatted_lines
from sshkeep.cli.messages import missing_include_notes, print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import Terminal


def idle(
    server: idle_options.Server = None,
    client: idle_options.Client = None,
    client_program: idle_options.ClientProgram = "",
    host: query_options.HostName = "",
    connection: query_options.ConnectionPairs = None,
    user: query_options.UserName = "",
    local_user: query_options.LocalUser = "",
    assume_exec: query_options.AssumeExec = None,
    server_target: idle_options.ServerTarget = "auto",
    client_target: idle_options.ClientTarget = "auto",
    path: idle_options.PathName = "",
    path_timeout: idle_options.PathTimeout = None,
    list_paths: idle_options.ListPaths = False,
    keepalive_time: idle_options.KeepaliveTime = None,
    keepalive_intvl: idle_options.KeepaliveIntvl = None,
    keepalive_probes: idle_options.KeepaliveProbes = None,
    root: options.Root = None,
    policy: options.PolicyFile = None,
    format: idle_options.FormatName = "text",
    output: options.OutputFile = None,
    color: options.Color = "auto",
) -> Exit:
    """Forecast whether an idle session survives, and who notices if it does not. Exit 1: it is lost."""
    terminal = Terminal(color if output is None else "never")
    if list_paths:
        return _list(policy, output, terminal)
    kernel = {
        "keepalive_time": keepalive_time,
        "keepalive_intvl": keepalive_intvl,
        "keepalive_probes": keepalive_probes,
    }
    assume = None if assume_exec is None else assume_exec == "yes"
    result = forecast_idle(
        server=server,
        client=client,
        client_program=client_program,
        query=Query(options.names(connection), host, user, local_user, assume),
        server_target=server_target,
        client_target=client_target,
        path=path,
        path_timeout=path_timeout,
        kernel={name: value for name, value in kernel.items() if value is not None},
        root=root,
        policy=policy,
    )
    with OutputWriter(output) as writer:
        writer.lines(formatted_lines("idle", format, result, View(terminal, exit_code=result.exit_code)))
    print_notes([*result.notes, *missing_include_notes(result.missing)])
    return Exit(result.exit_code)


def _list(policy: str | None, output: str | None, terminal: Terminal) -> Exit:
    from sshkeep.output.idle.path_table import path_lines

    rulesets = Rulesets(policy, "auto")
    with OutputWriter(output) as writer:
        writer.lines(path_lines(network_paths(rulesets), terminal))
    print_notes(rulesets.notes)
    return Exit.FINE


def text_lines(result: IdleResult, view: View) -> Iterator[str]:
    """The forecast path by path, the findings, and what to do."""
    from sshkeep.output.idle.text_report import idle_lines

    yield from idle_lines(result.session, result.findings, view.terminal)


def json_lines(result: IdleResult, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports.models import json_text

    yield json_text(result.report())


def svg_lines(result: IdleResult, view: View) -> Iterator[str]:
    """The picture of the one path."""
    from sshkeep.idle.explanation import reason_text, verdict_text
    from sshkeep.idle.timeline.timeline import build_timeline
    from sshkeep.output.idle.svg import timeline_svg

    session = result.session
    if not session.path_given:
        raise SshkeepError("a picture is of one path", "name it with --path or --path-timeout")
    (outcome,) = session.forecast.outcomes
    timeline = build_timeline(session.forecast, outcome)
    yield timeline_svg(timeline, verdict_text(outcome), reason_text(session, outcome)).rstrip("\n")
