"""``sshkeep format``."""

from collections.abc import Iterator
from typing import Annotated

from sshkeep.api.changes import NOT_APPLIED, Applied
from sshkeep.api.format import FormatResult, format_trees
from sshkeep.api.inputs import STDIN, Inputs
from sshkeep.api.rulesets import Rulesets
from sshkeep.cli import options
from sshkeep.cli.declarations import CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.messages import missing_include_notes, print_errors, print_notes, print_search
from sshkeep.cli.output import OutputWriter
from sshkeep.cli.standard_input import trees_of
from sshkeep.cli.written_report import WrittenReport
from sshkeep.errors import SshkeepError
from sshkeep.output.diff import diff_lines
from sshkeep.output.terminal import Terminal, safe


def format(
    paths: options.Paths = None,
    check: Annotated[
        bool, CommandOption("--check", help="Name the files that would change. Exit 1: there are some.")
    ] = False,
    diff: Annotated[bool, CommandOption("--diff", help="Show the diff, as without any option.")] = False,
    write: Annotated[bool, CommandOption("--write", help="Write the files.")] = False,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    output: options.OutputFile = None,
    policy: options.PolicyFile = None,
    exclude: options.Exclude = None,
    extend_exclude: options.ExtendExclude = None,
    force_exclude: options.ForceExclude = False,
    no_gitignore: options.NoGitignore = False,
    stdin_filename: options.StdinName = "",
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
    color: options.Color = "auto",
) -> Exit:
    """Format white space, and nothing else. Shows the diff; `format -` prints the formatted text."""
    named = paths or []
    if check and write:
        raise SshkeepError("--check and --write don't go together")
    if STDIN in named and (write or len(named) > 1):
        raise SshkeepError("`-` can't be written, or formatted with other files", "run sshkeep once for each")
    rulesets = Rulesets(policy, target)
    search = options.search(rulesets, exclude, extend_exclude, force_exclude, no_gitignore)
    inputs = Inputs(kind, target, root, openssh_only=True, search=search)
    with WrittenReport() as report, OutputWriter(output) as writer:
        trees = trees_of(inputs, paths, stdin_filename)
        print_search(search, quiet=quiet, verbose=verbose)
        result = format_trees(trees, inputs, rulesets)
        print_errors(result.errors)
        print_notes(result.notes)
        if named == [STDIN] and not (check or diff):
            for tree, plan in result.plans:
                writer.data(plan.config.files[tree.name].stored)
            return Exit.FAILED if result.errors else Exit.FINE
        applied = result.planned.write(on_written=report.on_written) if write else NOT_APPLIED
        print_errors(applied.errors)
        if diff or not (check or write):
            terminal = Terminal(color if output is None else "never")
            for change in result.changes:
                texts = change.before or b"", change.after or b""
                writer.lines(diff_lines(change.path, *texts, terminal, ("before", "formatted")))
        writer.lines([] if quiet and not check else _lines(result, applied, check, write))
    print_notes([] if quiet else missing_include_notes(result.missing))
    if result.errors or applied.errors:
        return Exit.FAILED
    return Exit.FOUND if result.changes and not applied.record else Exit.FINE


def _lines(result: FormatResult, applied: Applied, check: bool, write: bool) -> Iterator[str]:
    """The files, where they are not shown as a diff, and what became of them."""
    done = "formatted" if applied.record else "would format"
    if check or write:
        yield from (safe(f"{done} {change.path}") for change in result.changes)
    yield from map(safe, applied.notes)
    if not check and not result.changes:
        yield "nothing to format"
    elif not check and not write:
        yield "white space only, and every setting is as before; use --write to write it"
