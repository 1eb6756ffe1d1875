"""``sshkeep lint``."""

from collections.abc import Iterator
from typing import Annotated

from sshkeep.api.inputs import Inputs
from sshkeep.api.lint import KnownFindings, LintResult, lint_trees
from sshkeep.api.rulesets import Rulesets
from sshkeep.cli import options
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.messages import missing_include_notes, print_errors, print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.cli.sshd_notice import report_unread_change
from sshkeep.cli.standard_input import trees_of
from sshkeep.output.findings import finding_lines, lint_summary
from sshkeep.output.terminal import Terminal
from sshkeep.trees.tree import target_names


def lint(
    paths: options.Paths = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[Format, FormatOption("lint", "How findings are printed.")] = "text",
    output: options.OutputFile = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    policy: options.PolicyFile = None,
    rules: options.RulesFolder = None,
    baseline: options.BaselineFile = None,
    write_baseline: options.NewBaseline = None,
    fail_on: options.FailOn = "warning",
    stdin_filename: options.StdinName = "",
    quiet: options.Quiet = False,
    color: options.Color = "auto",
) -> Exit:
    """Report what is wrong with configs. Exit 0: nothing; 1: findings; 2: something could not be read."""
    rulesets = Rulesets(policy, target, rules, options.layer(select, extend_select, ignore))
    inputs = Inputs(kind, target, root)
    known = KnownFindings(baseline, write_baseline)
    with OutputWriter(output) as writer:
        result = lint_trees(trees_of(inputs, paths, stdin_filename), inputs, rulesets, known)
        print_errors(result.errors)
        code = Exit(result.exit_code(fail_on))
        view = View(Terminal(color if output is None else "never"), quiet, code)
        writer.lines(formatted_lines("lint", format, result, view))
    known.write()
    print_notes([*result.notes, *([] if quiet else missing_include_notes(result.missing))])
    if not quiet:
        report_unread_change((each.tree, each.config) for each in result.configs)
    return code


def text_lines(result: LintResult, view: View) -> Iterator[str]:
    """Each finding with the text that it is about, and a last line that counts them."""
    for finding in result.findings:
        yield from finding_lines(finding, view.terminal)
        yield ""
    if result.configs and not view.quiet:
        files = {(each.tree.name, path) for each in result.configs for path in each.config.files}
        targets = target_names(each.tree for each in result.configs)
        yield lint_summary(result.findings, targets, len(files), result.unlisted)


def json_lines(result: LintResult, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports.models import json_text

    yield json_text(result.report(view.exit_code))
