"""``sshkeep fix``."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from sshkeep.api.changes import Applied, refused_sentence
from sshkeep.api.fix import FixResult, fix_trees
from sshkeep.api.inputs import STDIN, Inputs
from sshkeep.api.lint import FAILING
from sshkeep.api.rulesets import Rulesets
from sshkeep.cli import options
from sshkeep.cli.declarations import CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.messages import missing_include_notes, print_errors, print_notes, print_search
from sshkeep.cli.output import OutputWriter
from sshkeep.cli.standard_input import trees_of
from sshkeep.cli.written_report import WrittenReport
from sshkeep.errors import SshkeepError
from sshkeep.fix.plan import FixPlan
from sshkeep.output.fix import fix_summary, plan_lines, plan_markdown
from sshkeep.output.markdown import markdown_text
from sshkeep.output.terminal import safe
from sshkeep.phrase import Phrase
from sshkeep.reload.after_write import reload_options
from sshkeep.trees.tree import target_names


class FixOutcome(NamedTuple):
    """The fixes, and what became of them; ``write``: whether they were to be written."""

    result: FixResult
    applied: Applied
    write: bool


def fix(
    paths: options.Paths = None,
    write: Annotated[
        bool, CommandOption("--write", help="Write the files; without it the diff is shown only.")
    ] = False,
    unsafe: Annotated[
        bool, CommandOption("--unsafe", help="Make the fixes that are called unsafe, too.")
    ] = False,
    edit_managed: options.EditManaged = False,
    reload: options.Reload = False,
    confirm: options.Confirm = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[Format, FormatOption("fix", "How the result is printed.")] = "text",
    output: options.OutputFile = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    policy: options.PolicyFile = None,
    profile: options.ProfileName = None,
    rules: options.RulesFolder = None,
    exclude: options.Exclude = None,
    extend_exclude: options.ExtendExclude = None,
    force_exclude: options.ForceExclude = False,
    no_gitignore: options.NoGitignore = False,
    stdin_filename: options.StdinName = "",
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
    color: options.Color = "auto",
    lang: options.Lang = None,
) -> Exit:
    """Fix what can be fixed. Shows the diff; --write writes it; `fix -` prints the fixed text."""
    layer = options.layer(select, extend_select, ignore)
    rulesets = Rulesets(options.policy_file(policy, profile), target, rules, layer)
    reloading = reload_options(reload, confirm, write=write)
    search = options.search(rulesets, exclude, extend_exclude, force_exclude, no_gitignore)
    inputs = Inputs(kind, target, root, search=search)
    if STDIN in (paths or []) and len(paths or []) > 1:
        raise SshkeepError("`-` can't be fixed together with other files", "run sshkeep once for each")
    terminal = options.terminal(color, lang, output)
    with WrittenReport() as report, OutputWriter(output) as writer:
        trees = trees_of(inputs, paths, stdin_filename)
        print_search(search, quiet=quiet, verbose=verbose)
        result = fix_trees(trees, inputs, rulesets, unsafe=unsafe, edit_managed=edit_managed)
        print_errors(result.errors)
        print_notes(result.notes, terminal.say)
        if paths == [STDIN]:
            return _write_fixed_text(result, writer)
        applied = result.planned.write(reloading, report.on_written) if write else result.planned.validate()
        print_errors(applied.errors)
        code = _exit_code(result, applied, write)
        view = View(terminal, quiet, code)
        writer.lines(formatted_lines("fix", format, FixOutcome(result, applied, write), view))
    print_notes([] if quiet else missing_include_notes(result.missing), terminal.say)
    return code


def _write_fixed_text(result: FixResult, writer: OutputWriter) -> Exit:
    """A filter: the whole text comes out even where nothing had to change."""
    code = Exit.FAILED if result.errors else Exit.FINE
    for tree, plan in result.plans:
        writer.data(plan.after.get(tree.name, plan.old.files[tree.name].stored))
        if others := plan.after.keys() - {tree.name}:
            print_errors([f"{', '.join(others)} would change too, and is left as it is"])
            code = Exit.FAILED
        if _is_left(plan):
            code = max(code, Exit.FOUND)
    return code


def _exit_code(result: FixResult, applied: Applied, write: bool) -> Exit:
    if result.errors or applied.errors:
        return Exit.FAILED
    found = any(_is_left(plan) if write else plan.changes for _, plan in result.plans)
    return Exit.FOUND if found or (result.changes and applied.refused) else Exit.FINE


def _is_left(plan: FixPlan) -> bool:
    return any(finding.severity in FAILING["warning"] for finding in plan.left)


def text_lines(outcome: FixOutcome, view: View) -> Iterator[str]:
    """The diff and its reasons, what was proven, and a last line that counts them."""
    plans = outcome.result.plans
    for _, plan in plans:
        yield from plan_lines(plan, view.terminal)
    yield from map(view.terminal.show, outcome.applied.lines)
    if plans and not view.quiet:
        yield view.terminal.say(_summary(outcome))
    if outcome.result.changes:
        yield from map(safe, map(refused_sentence, outcome.applied.refused))
    if outcome.applied.state:
        yield view.terminal.show(outcome.applied.state)


def markdown_lines(outcome: FixOutcome, view: View) -> Iterator[str]:
    """The same as Markdown."""
    plans, applied = outcome.result.plans, outcome.applied
    for _, plan in plans:
        yield from plan_markdown(plan)
    refused = map(refused_sentence, applied.refused) if outcome.result.changes else ()
    yield from (f"- {markdown_text(each)}" for each in (*applied.lines, *refused, applied.state) if each)
    yield from (f"- error: {markdown_text(each)}" for each in (*outcome.result.errors, *applied.errors))
    if plans:
        yield from ("", markdown_text(_summary(outcome)))


def _summary(outcome: FixOutcome) -> Phrase:
    targets = target_names(tree for tree, _ in outcome.result.plans)
    plans = [plan for _, plan in outcome.result.plans]
    return fix_summary(plans, targets, wanted=outcome.write, written=bool(outcome.applied.record))


def json_lines(outcome: FixOutcome, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports.models import json_text

    yield json_text(outcome.result.report(outcome.applied, view.exit_code))
