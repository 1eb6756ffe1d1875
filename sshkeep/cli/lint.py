"""``sshkeep lint``."""

from collections.abc import Iterator
from typing import Annotated

from sshkeep.api.inputs import Inputs
from sshkeep.api.lint import KnownFindings, LintResult, lint_trees
from sshkeep.api.rulesets import Rulesets
from sshkeep.api.sharing import Sharing
from sshkeep.cli import options
from sshkeep.cli.declarations import CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View
from sshkeep.cli.messages import missing_include_notes, print_errors, print_notes, print_search
from sshkeep.cli.progress import Progress
from sshkeep.cli.reports import Reports
from sshkeep.cli.sshd_notice import report_unread_change
from sshkeep.cli.standard_input import trees_of
from sshkeep.output.findings import (
    Group,
    finding_lines,
    head_line,
    lint_summary,
    read_on,
    statistics_lines,
)
from sshkeep.trees.tree import target_names

READ_BY_PEOPLE = ("text", "concise")
"""The formats that are made of the findings themselves; a terminal shows how far the run is."""


def lint(
    paths: options.Paths = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[
        list[Format] | None, FormatOption("lint", "How findings are printed; repeatable. Default: text.")
    ] = None,
    output: options.OutputFiles = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    policy: options.PolicyFile = None,
    profile: options.ProfileName = None,
    rules: options.RulesFolder = None,
    baseline: options.BaselineFile = None,
    write_baseline: options.NewBaseline = None,
    fail_on: options.FailOn = "warning",
    exit_zero: Annotated[
        bool, CommandOption("--exit-zero", help="Exit code 0 also for findings, as with --fail-on never.")
    ] = False,
    statistics: Annotated[
        bool, CommandOption("--statistics", help="In text, count the findings of each rule; list none.")
    ] = False,
    group_by: Annotated[
        Group | None, CommandOption("--group-by", help="Count them by this, as --statistics does by rule.")
    ] = None,
    show_source: Annotated[
        bool,
        CommandOption(
            "--show-source", off="--no-show-source", help="In text, print the lines that findings are about."
        ),
    ] = True,
    exclude: options.Exclude = None,
    extend_exclude: options.ExtendExclude = None,
    force_exclude: options.ForceExclude = False,
    no_gitignore: options.NoGitignore = False,
    stdin_filename: options.StdinName = "",
    jobs: options.Jobs = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
    color: options.Color = "auto",
    lang: options.Lang = None,
) -> Exit:
    """Report what is wrong with configs. Exit 0: nothing; 1: findings; 2: something could not be read."""
    layer = options.layer(select, extend_select, ignore)
    rulesets = Rulesets(options.policy_file(policy, profile), target, rules, layer)
    search = options.search(rulesets, exclude, extend_exclude, force_exclude, no_gitignore)
    inputs = Inputs(kind, target, root, search=search)
    known = KnownFindings(baseline, write_baseline)
    with Reports(format, output) as reports:
        for_programs = [each for each in reports.formats if each not in READ_BY_PEOPLE]
        with Progress(not quiet and not for_programs) as progress:
            search.progress = progress.searched
            trees = trees_of(inputs, paths, stdin_filename)
            sharing = Sharing(jobs, bool(for_programs), progress.linted)
            result = lint_trees(trees, inputs, rulesets, known, sharing)
        print_search(search, quiet=quiet, verbose=verbose)
        print_errors(result.errors)
        code = Exit(result.exit_code("never" if exit_zero else fail_on))
        counted_by = group_by or ("rule" if statistics else None)
        terminal = options.terminal(color, lang)
        view = View(terminal, quiet, code, counted_by, show_source)
        reports.write("lint", result, view)
    known.write()
    notes = [*result.notes, *([] if quiet else missing_include_notes(result.missing))]
    print_notes(notes, terminal.say)
    if not quiet:
        report_unread_change((each.tree, each.files) for each in result.configs)
    return code


def text_lines(result: LintResult, view: View) -> Iterator[str]:
    """Each finding with the text that it is about, and a last line that counts them."""
    if view.counted_by:
        yield from statistics_lines(result.findings, view.counted_by)
    explained: set[str] = set()
    for finding in () if view.counted_by else result.findings:
        yield from finding_lines(finding, view.terminal, show_source=view.show_source)
        if finding.rule not in explained:
            explained.add(finding.rule)
            yield from read_on(finding.rule, view.terminal)
        yield ""
    if result.configs and not view.quiet:
        files = {(each.tree.name, path) for each in result.configs for path in each.files}
        targets = target_names(each.tree for each in result.configs)
        yield view.terminal.say(lint_summary(result.findings, targets, len(files), result.unlisted))


def json_lines(result: LintResult, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports.models import json_text

    yield json_text(result.report(view.exit_code))


def concise_lines(result: LintResult, view: View) -> Iterator[str]:
    """A line for each finding, as text begins it."""
    return (head_line(finding, view.terminal, english=True) for finding in result.findings)


def jsonl_lines(result: LintResult, view: View) -> Iterator[str]:
    """A JSON object in each line."""
    from sshkeep.output.lint_formats import lines

    return lines.jsonl_report(result.report(view.exit_code))


def sarif_lines(result: LintResult, view: View) -> Iterator[str]:
    """A SARIF log."""
    from sshkeep.lint.registry import all_rules
    from sshkeep.output.lint_formats.fingerprints import fingerprints
    from sshkeep.output.lint_formats.sarif import sarif_text

    reported = list(result.findings)
    accepted = [each.finding for each in result.suppressed]
    yield sarif_text(
        result.report(view.exit_code),
        result.suppressed_models(),
        list(fingerprints([*reported, *accepted])),
        all_rules(),
        has_baseline=result.has_baseline,
    )


def github_lines(result: LintResult, view: View) -> Iterator[str]:
    """GitHub's workflow commands."""
    from sshkeep.output.lint_formats import annotations

    return annotations.github_commands(result.report(view.exit_code))


def gitlab_lines(result: LintResult, view: View) -> Iterator[str]:
    """GitLab's Code Quality report."""
    from sshkeep.output.lint_formats.annotations import gitlab_text
    from sshkeep.output.lint_formats.fingerprints import fingerprints

    yield gitlab_text(result.report(view.exit_code), list(fingerprints(result.findings)))


def junit_lines(result: LintResult, view: View) -> Iterator[str]:
    """A JUnit report."""
    from sshkeep.output.lint_formats import xml_reports

    return xml_reports.junit_report(result.report(view.exit_code))


def checkstyle_lines(result: LintResult, view: View) -> Iterator[str]:
    """A Checkstyle report."""
    from sshkeep.output.lint_formats import xml_reports

    return xml_reports.checkstyle_report(result.report(view.exit_code))


def markdown_lines(result: LintResult, view: View) -> Iterator[str]:
    """A table in Markdown."""
    from sshkeep.output.lint_formats import lines

    return lines.markdown_report(result.report(view.exit_code))


def html_lines(result: LintResult, view: View) -> Iterator[str]:
    """A page in HTML."""
    from sshkeep.output.lint_formats.html import findings_page

    yield findings_page(result.report(view.exit_code)).rstrip("\n")
