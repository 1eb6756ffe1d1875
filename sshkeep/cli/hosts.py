"""``sshkeep hosts``."""

from collections.abc import Iterator
from typing import Annotated

from sshkeep.api.hosts import HostsResult
from sshkeep.api.hosts import hosts as forecast_hosts
from sshkeep.cli import idle_options, options, query_options
from sshkeep.cli.declarations import CommandArgument
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.messages import missing_include_notes, print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.output.terminal import Terminal


def hosts(
    file: Annotated[
        str | None, CommandArgument(metavar="[FILE]", help="An ssh_config; none: the user's own.")
    ] = None,
    user: query_options.UserName = "",
    local_user: query_options.LocalUser = "",
    assume_exec: query_options.AssumeExec = None,
    home: query_options.Home = "",
    target: options.TargetName = "auto",
    path: idle_options.PathName = "",
    path_timeout: idle_options.PathTimeout = None,
    root: options.Root = None,
    policy: options.PolicyFile = None,
    format: Annotated[Format, FormatOption("hosts", "csv: one line for each host.")] = "text",
    output: options.OutputFile = None,
    color: options.Color = "auto",
    no_pager: options.NoPager = False,
) -> Exit:
    """List the keepalive of every host that an ssh_config names. Exit 1: an idle session to one is lost."""
    result = forecast_hosts(
        file,
        user=user,
        local_user=local_user,
        assume_exec=None if assume_exec is None else assume_exec == "yes",
        home=home,
        target=target,
        path=path,
        path_timeout=idle_options.path_seconds(path_timeout),
        root=root,
        policy=policy,
    )
    view = View(Terminal(color if output is None else "never"), exit_code=result.exit_code)
    with OutputWriter(output, paged=not no_pager) as writer:
        writer.lines(formatted_lines("hosts", format, result, view))
    print_notes([*result.notes, *missing_include_notes(result.missing)])
    return Exit(result.exit_code)


def text_lines(result: HostsResult, view: View) -> Iterator[str]:
    """A table."""
    from sshkeep.output.hosts.table import hosts_table

    path = result.paths[0].display_name if result.path_given else ""
    yield from hosts_table(result.hosts, result.config, path, view.terminal)


def csv_lines(result: HostsResult, view: View) -> Iterator[str]:
    """Comma-separated values."""
    from sshkeep.output.hosts.table import hosts_csv

    yield from hosts_csv(result.hosts)


def json_lines(result: HostsResult, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports.models import json_text

    yield json_text(result.report())
