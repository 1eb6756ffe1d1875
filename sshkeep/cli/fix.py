"""``sshkeep fix``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.choice import Choice, choice
from sshkeep.cli.exits import Exit
from sshkeep.cli.lint import FAILING, Format, target_names
from sshkeep.cli.run import STDIN, Run
from sshkeep.cli.sink import Sink
from sshkeep.config.files import Unreadable, explained
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.plan import Plan, plan_fixes
from sshkeep.lint.finding import Finding
from sshkeep.output.diff import diff_lines
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.tree import Tree


def fix(
    paths: options.Paths = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the files; without it the diff is shown only.")
    ] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Make the fixes that are called unsafe, too.")
    ] = False,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[Format, typer.Option("--format", help="How the result is printed.")] = Format.TEXT,
    output: options.OutputFile = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    policy: options.PolicyFile = None,
    stdin_filename: options.StdinName = "",
    quiet: options.Quiet = False,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Mend what can be mended. Shows the diff; --write writes it; `fix -` prints the mended text."""
    chosen = choice(policy, target, select, extend_select, ignore)
    run = Run(kind.value if kind else None, chosen.target, root, quiet)
    if STDIN in (paths or []) and len(paths or []) > 1:
        raise SshkeepError("`-` can't be mended together with other files", "run sshkeep once for each")
    with Sink(output) as sink:
        plans = [
            (tree, plan)
            for tree in run.trees(paths or [], stdin_filename)
            if (plan := _plan(tree, chosen, unsafe, run))
        ]
        if paths == [STDIN]:
            return _print_fixed(plans, run)
        written = write and _write(plans, run)
        _set_exit(plans, run, write)
        if format is Format.JSON:
            sink.lines([_report(plans, run, written)])
        else:
            terminal = Terminal(color.value if output is None else "never")
            for _, plan in plans:
                sink.lines(_diff(plan, terminal))
                sink.lines(_told(plan, terminal))
            if plans and not quiet:
                sink.lines([_summary(plans, written)])
    run.tell_missing()
    return run.exit


def _plan(tree: Tree, chosen: Choice, unsafe: bool, run: Run) -> Plan | None:
    try:
        plan = plan_fixes(tree, chosen.rules, chosen.wishes, unsafe=unsafe)
    except (OSError, Unreadable, SshkeepError) as error:
        run.failed(*explained(tree.name, error))
        return None
    run.missing.update(dict.fromkeys(plan.config.not_found))
    return plan._replace(left=tuple(f for f in plan.left if tree.shows(f.source.path)))


def _print_fixed(plans: list[tuple[Tree, Plan]], run: Run) -> Exit:
    """A filter: the whole text comes out even where nothing had to change."""
    for tree, plan in plans:
        sys.stdout.buffer.write(plan.after.get(tree.name, plan.before[tree.name]))
        if plan.after.keys() - {tree.name}:
            run.failed(f"{', '.join(plan.after.keys() - {tree.name})} would change too, and is left as it is")
        if _remaining(plan):
            run.ended(Exit.FOUND)
    return run.exit


def _write(plans: list[tuple[Tree, Plan]], run: Run) -> bool:
    """All trees in one transaction."""
    changes = [
        Change(path, plan.before[path], after) for _, plan in plans for path, after in plan.after.items()
    ]
    if not changes:
        return False
    # Imported here, since records need what is slow to import, and a dry run does not.
    from sshkeep.write.record import About
    from sshkeep.write.transaction import write_changes

    reasons = (f"{f.rule}: {f.fix.title}" for _, plan in plans for f, _ in plan.mended if f.fix)
    about = About("fix", tuple(reasons), ", ".join(target_names(tree for tree, _ in plans)))
    try:
        write_changes(changes, about)
    except SshkeepError as error:
        run.failed(error.sentence, error.hint)
        return False
    return True


def _set_exit(plans: list[tuple[Tree, Plan]], run: Run, write: bool) -> None:
    if any(_remaining(plan) if write else plan.after for _, plan in plans):
        run.ended(Exit.FOUND)


def _remaining(plan: Plan) -> bool:
    return any(finding.severity in FAILING["warning"] for finding in plan.left)


def _diff(plan: Plan, terminal: Terminal) -> list[str]:
    return [
        line
        for path, after in plan.after.items()
        for line in diff_lines(path, plan.before[path], after, terminal)
    ]


def _told(plan: Plan, terminal: Terminal) -> list[str]:
    """For each change which rule and why; then what is left."""
    lines = [f"{safe(_place(f))}: {f.rule}: {safe(f.fix.title)}" for f, _ in plan.mended if f.fix]
    for finding in plan.left:
        why = "only with --unsafe" if finding.fix else "no fix"
        severity = terminal.paint(finding.severity, finding.severity or "info")
        lines.append(f"{safe(_place(finding))}: {severity} {finding.rule}: {safe(finding.message)} ({why})")
    return [*([""] if plan.after else []), *lines]


def _place(finding: Finding) -> str:
    line, column = finding.source.position(finding.span.start)
    return f"{finding.source.path}:{line}:{column}"


def _summary(plans: list[tuple[Tree, Plan]], written: bool) -> str:
    files = sum(len(plan.after) for _, plan in plans)
    mended = sum(len(plan.mended) for _, plan in plans)
    read_for = ", ".join(target_names(tree for tree, _ in plans))
    problems = f"{mended} problem{'' if mended == 1 else 's'}"
    in_files = f"{files} file{'' if files == 1 else 's'}"
    if not mended:
        return f"nothing to fix (target {read_for})"
    if written:
        return f"fixed {problems} in {in_files}: written, read again, and in effect (target {read_for})"
    return f"would fix {problems} in {in_files}; --write does it (target {read_for})"


def _report(plans: list[tuple[Tree, Plan]], run: Run, written: bool) -> str:
    from sshkeep.output import report
    from sshkeep.output.models import finding_model
    from sshkeep.syntax.source import clean

    plain = Terminal("never")
    files = [
        report.FixedFile(
            file=clean(path), diff=clean("\n".join(diff_lines(path, plan.before[path], after, plain)) + "\n")
        )
        for _, plan in plans
        for path, after in plan.after.items()
    ]
    return report.FixReport(
        target=", ".join(dict.fromkeys(tree.target.name for tree, _ in plans)),
        changed=bool(files),
        written=written,
        files=files,
        mended=[finding_model(finding, config) for _, plan in plans for finding, config in plan.mended],
        findings=[finding_model(finding, plan.config) for _, plan in plans for finding in plan.left],
        errors=[clean(error) for error in run.errors],
        exit_code=run.exit,
    ).model_dump_json(indent=2)
