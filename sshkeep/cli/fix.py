"""``sshkeep fix``."""

from __future__ import annotations

from typing import Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.apply import Applied, Task, apply_changes
from sshkeep.cli.choice import Chooser
from sshkeep.cli.exits import Exit
from sshkeep.cli.linting import FAILING, target_names
from sshkeep.cli.options import Format, line
from sshkeep.cli.run import STDIN, Run
from sshkeep.cli.sink import Sink
from sshkeep.cli.written_report import WrittenReport
from sshkeep.config.files import Unreadable, explained
from sshkeep.errors import SshkeepError
from sshkeep.fix.plan import Plan, plan_selected
from sshkeep.output.fixed import plan_lines, summary
from sshkeep.output.terminal import Terminal, safe
from sshkeep.reload.after_write import reload_options
from sshkeep.trees.tree import Tree

Plans = list[tuple[Tree, Plan]]


def fix(
    paths: options.Paths = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the files; without it the diff is shown only.")
    ] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Make the fixes that are called unsafe, too.")
    ] = False,
    reload: options.Reload = False,
    confirm: options.Confirm = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[Format, typer.Option("--format", help="How the result is printed.")] = Format.TEXT,
    output: options.OutputFile = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    policy: options.PolicyFile = None,
    rules: options.RulesFolder = None,
    stdin_filename: options.StdinName = "",
    quiet: options.Quiet = False,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Mend what can be mended. Shows the diff; --write writes it; `fix -` prints the mended text."""
    chooser = Chooser(policy, target, rules, line(select, extend_select, ignore))
    reloading = reload_options(reload, confirm, write=write)
    run = Run(kind.value if kind else None, target, root, quiet)
    if STDIN in (paths or []) and len(paths or []) > 1:
        raise SshkeepError("`-` can't be mended together with other files", "run sshkeep once for each")
    with WrittenReport() as report, Sink(output) as sink:
        trees = run.trees(paths or [], stdin_filename)
        plans = [planned for tree in trees if (planned := _plan(tree, chooser, unsafe, run))]
        if paths == [STDIN]:
            return _print_fixed(plans, run, sink)
        applied = apply_changes(plans, Task("fix", _reasons(plans), write, reloading), run)
        report.written = applied.summary
        _set_exit(plans, run, write)
        if format is Format.JSON:
            sink.lines([_report(plans, run, applied)])
        else:
            terminal = Terminal(color.value if output is None else "never")
            for _, plan in plans:
                sink.lines(plan_lines(plan, terminal))
            sink.lines(map(safe, applied.lines))
            if plans and not quiet:
                targets = target_names(tree for tree, _ in plans)
                mended = [plan for _, plan in plans]
                sink.lines([summary(mended, targets, wanted=write, written=bool(applied.record))])
            sink.lines(filter(None, [safe(applied.state)]))
    run.tell_missing()
    return run.exit


def _plan(tree: Tree, chooser: Chooser, unsafe: bool, run: Run) -> tuple[Tree, Plan] | None:
    try:
        selection = chooser.choice(tree).selection
        tree = chooser.for_target(tree)
        plan = plan_selected(tree, selection, unsafe=unsafe)
    except (OSError, Unreadable, SshkeepError) as error:
        run.failed(*explained(tree.name, error))
        return None
    run.missing.update(dict.fromkeys(plan.config.not_found))
    return tree, plan._replace(left=tuple(f for f in plan.left if tree.shows(f.source.path)))


def _print_fixed(plans: Plans, run: Run, sink: Sink) -> Exit:
    """A filter: the whole text comes out even where nothing had to change."""
    for tree, plan in plans:
        sink.data(plan.after.get(tree.name, plan.old.files[tree.name].source.data))
        if plan.after.keys() - {tree.name}:
            run.failed(f"{', '.join(plan.after.keys() - {tree.name})} would change too, and is left as it is")
        if _remaining(plan):
            run.ended(Exit.FOUND)
    return run.exit


def _reasons(plans: Plans) -> tuple[str, ...]:
    return tuple(
        f"{m.finding.rule}: {m.finding.fix.title}" for _, plan in plans for m in plan.mended if m.finding.fix
    )


def _set_exit(plans: Plans, run: Run, write: bool) -> None:
    if any(_remaining(plan) if write else plan.changes for _, plan in plans):
        run.ended(Exit.FOUND)


def _remaining(plan: Plan) -> bool:
    return any(finding.severity in FAILING["warning"] for finding in plan.left)


def _report(plans: Plans, run: Run, applied: Applied) -> str:
    from sshkeep.output import report
    from sshkeep.output.models import applied_model, changed_files, finding_model
    from sshkeep.output.statement import proven
    from sshkeep.syntax.source import clean

    files = [file for _, plan in plans for file in changed_files(plan.changes)]
    return report.FixReport(
        target=", ".join(dict.fromkeys(tree.target.name for tree, _ in plans)),
        changed=bool(files),
        files=files,
        mended=[finding_model(m.finding, m.config) for _, plan in plans for m in plan.mended],
        findings=[finding_model(finding, plan.config) for _, plan in plans for finding in plan.left],
        proven=[
            clean(line) for _, plan in plans if plan.changes for line in proven(plan.proof, plan.implied)
        ],
        errors=[clean(error) for error in run.errors],
        exit_code=run.exit,
        **applied_model(applied.record, filter(None, (*applied.lines, applied.state))),
    ).model_dump_json(indent=2)
