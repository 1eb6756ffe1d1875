"""``sshkeep idle``."""

from collections.abc import Iterator, Mapping

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
from sshkeep.phrase import Phrase


def idle(
    server: idle_options.Server = None,
    client: idle_options.Client = None,
    client_program: idle_options.ClientProgram = "",
    host: query_options.HostNames = None,
    connection: query_options.ConnectionPairs = None,
    user: query_options.UserName = "",
    local_user: query_options.LocalUser = "",
    assume_exec: query_options.AssumeExec = None,
    home: query_options.Home = "",
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
    lang: options.Lang = None,
) -> Exit:
    """Forecast whether an idle session survives. Exit 1: it is lost."""
    terminal = options.terminal(color, lang, output)
    if list_paths:
        return _list(policy, output, terminal)
    kernel = {
        "keepalive_time": keepalive_time,
        "keepalive_intvl": keepalive_intvl,
        "keepalive_probes": keepalive_probes,
    }
    assume = None if assume_exec is None else assume_exec == "yes"
    query = Query(options.names(connection), "", user, local_user, assume, home)
    results = {
        name: forecast_idle(
            server=server,
            client=client,
            client_program=client_program,
            query=query._replace(host=name),
            server_target=server_target,
            client_target=client_target,
            path=path,
            path_timeout=idle_options.path_seconds(path_timeout),
            kernel={name: value for name, value in kernel.items() if value is not None},
            root=root,
            policy=policy,
        )
        for name in query_options.each_host(host)
    }
    code = Exit(max(each.exit_code for each in results.values()))
    with OutputWriter(output) as writer:
        writer.lines(formatted_lines("idle", format, results, View(terminal, exit_code=code)))
    print_notes((note for each in results.values() for note in each.notes), terminal.say)
    missing = missing_include_notes(path for each in results.values() for path in each.missing)
    print_notes(missing, terminal.say)
    return code


def _list(policy: str | None, output: str | None, terminal: Terminal) -> Exit:
    from sshkeep.output.idle.path_table import path_lines

    rulesets = Rulesets(policy, "auto")
    with OutputWriter(output) as writer:
        writer.lines(path_lines(network_paths(rulesets), terminal))
    print_notes(rulesets.notes)
    return Exit.FINE


def text_lines(results: Mapping[str, IdleResult], view: View) -> Iterator[str]:
    """The forecast path by path, the findings, and what to do; of several hosts, one after the other."""
    from sshkeep.output.idle.text_report import idle_lines

    for number, (host, each) in enumerate(results.items()):
        if len(results) > 1:
            head = view.terminal.show(Phrase("host {host}:", host=host))
            yield from ["", head][0 if number else 1 :]
        yield from idle_lines(each.session, each.findings, view.terminal)


def json_lines(results: Mapping[str, IdleResult], view: View) -> Iterator[str]:
    """The JSON report; of several hosts, the reports of all."""
    from sshkeep.output.idle.json_report import IdleHostsReport, IdleOfHost
    from sshkeep.output.json_reports.models import json_text
    from sshkeep.syntax.source import clean

    reports = [IdleOfHost(clean(host), each.report()) for host, each in results.items()]
    yield json_text(reports[0].report if len(reports) == 1 else IdleHostsReport(reports, view.exit_code))


def svg_lines(results: Mapping[str, IdleResult], view: View) -> Iterator[str]:
    """The picture of the one path."""
    from sshkeep.idle.explanation import reason_text, verdict_text
    from sshkeep.idle.timeline.timeline import build_timeline
    from sshkeep.output.idle.svg import timeline_svg

    first, *more = results.values()
    if more:
        raise SshkeepError("a picture is of one host", "name one with --host")
    session = first.session
    if not session.path_given:
        raise SshkeepError("a picture is of one path", "name it with --path or --path-timeout")
    (outcome,) = session.forecast.outcomes
    timeline = build_timeline(session.forecast, outcome)
    yield timeline_svg(timeline, verdict_text(outcome), reason_text(session, outcome)).rstrip("\n")
