"""``sshkeep audit``."""

from collections.abc import Iterator
from typing import Annotated

from sshkeep.api.audit import AuditResult
from sshkeep.api.audit import audit as audit_configs
from sshkeep.cli import options
from sshkeep.cli.declarations import CommandArgument, CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View
from sshkeep.cli.messages import missing_include_notes, print_errors, print_notes
from sshkeep.cli.reports import Reports
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import Terminal


def audit(
    paths: Annotated[
        list[str] | None, CommandArgument("[PATH]...", "Files or directories; none: this machine's own.")
    ] = None,
    profile: Annotated[
        str | None,
        CommandOption("--profile", metavar="NAME", help="The guide; `sshkeep profiles` lists them."),
    ] = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[
        list[Format] | None,
        FormatOption("audit", "How the report is printed; repeatable. Default: markdown."),
    ] = None,
    output: options.OutputFiles = None,
    baseline: Annotated[
        str | None, CommandOption("--baseline", metavar="FILE", help="Its findings are waivers.")
    ] = None,
) -> Exit:
    """Report what becomes of each control of a guide. Exit 0: all pass or are waived; 1: some fail."""
    if profile is None:
        from sshkeep.policy.profiles import profiles

        raise SshkeepError("an audit needs a guide", f"name it with --profile: {', '.join(profiles())}")
    with Reports(format or ["markdown"], output) as reports:
        result = audit_configs(
            paths or (), profile=profile, kind=kind, target=target, root=root, baseline=baseline
        )
        print_errors(result.errors)
        code = Exit(result.exit_code)
        reports.write("audit", result, View(Terminal("never"), exit_code=code))
    print_notes([*result.notes, *missing_include_notes(result.missing)])
    return code


def markdown_lines(result: AuditResult, view: View) -> Iterator[str]:
    """The report in Markdown."""
    from sshkeep.output.audit import markdown

    return markdown.markdown_lines(result.report())


def json_lines(result: AuditResult, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports.models import json_text

    yield json_text(result.report())


def html_lines(result: AuditResult, view: View) -> Iterator[str]:
    """One page that needs nothing else."""
    from sshkeep.output.audit.html import html_text

    yield html_text(result.report(), list(result.pictures())).rstrip("\n")
