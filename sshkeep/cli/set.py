"""``sshkeep set``."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from sshkeep.cli import options
from sshkeep.cli.apply import Applied, Task, apply_changes
from sshkeep.cli.choice import Chooser
from sshkeep.cli.exits import Exit
from sshkeep.cli.options import Format
from sshkeep.cli.run import Run
from sshkeep.cli.sink import Sink
from sshkeep.cli.written_report import WrittenReport
from sshkeep.config.files import Unreadable, explained
from sshkeep.edit.wanted import Mode, Wish
from sshkeep.errors import SshkeepError
from sshkeep.fix.setting import SetPlan, plan_drop_in, plan_set
from sshkeep.output.fixed import change_lines
from sshkeep.output.statement import in_effect, proven
from sshkeep.output.terminal import Terminal, safe
from sshkeep.reload.after_write import reload_options
from sshkeep.trees.discover import tree_for
from sshkeep.trees.tree import Tree

_DASH = "values that begin with - go behind --, and options before it: sshkeep set Ciphers -- -3des-cbc FILE"

Words = Annotated[
    list[str],
    typer.Argument(
        metavar="KEYWORD VALUE... PATH",
        help="The last word is the file. Behind -- values may begin with -.",
    ),
]
Block = Annotated[
    str, typer.Option("--in", metavar="LINE", help="In one block: 'Match User bob', 'Host web'.")
]
DropIn = Annotated[bool, typer.Option("--drop-in", help="Write only a drop-in of the file, so that it wins.")]
DropInName = Annotated[str, typer.Option("--drop-in-name", metavar="NAME", help="Call the drop-in so.")]


class Command(TyperCommand):
    """Says what to do where a value looks like an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            # The class is click's own or the copy that typer brings, depending on its release.
            if type(error).__name__ == "NoSuchOption":
                error.message = f"{error.message} ({_DASH})"  # type: ignore[attr-defined]
            raise


def set(
    words: Words,
    write: Annotated[bool, typer.Option("--write", help="Write it; without it the diff is shown.")] = False,
    block: Block = "",
    unset: Annotated[bool, typer.Option("--unset", help="Take its lines away; KEYWORD PATH.")] = False,
    add: Annotated[bool, typer.Option("--add", help="Add these to a list such as AllowUsers.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take these out of a list.")] = False,
    drop_in: DropIn = False,
    drop_in_name: DropInName = "",
    reload: options.Reload = False,
    confirm: options.Confirm = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    policy: options.PolicyFile = None,
    format: Annotated[Format, typer.Option("--format", help="How the result is printed.")] = Format.TEXT,
    output: options.OutputFile = None,
    quiet: options.Quiet = False,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Make one setting take effect, wherever it has to stand. Shows the diff; --write writes it."""
    modes: list[Mode] = [mode for mode, on in (("unset", unset), ("add", add), ("remove", remove)) if on]  # type: ignore[misc]
    wanted, path = _wish(words, block, modes)
    task = Task(_said(words, block, modes), (), write, reload_options(reload, confirm, write=write))
    run = Run(kind.value if kind else None, target, root, quiet)
    tree = Chooser(policy, target).for_target(_tree(path, run))
    plan = plan_drop_in(tree, wanted, drop_in_name) if drop_in or drop_in_name else plan_set(tree, wanted)
    with WrittenReport() as report, Sink(output) as sink:  # before anything is written
        applied = apply_changes([(tree, plan)], task, run)
        report.written = applied.summary
        if plan.changes and not write:
            run.ended(Exit.FOUND)
        if format is Format.JSON:
            sink.lines([_report(plan, wanted, run, applied)])
        else:
            sink.lines(_told(plan, applied, write, Terminal(color.value if output is None else "never")))
    run.missing.update(dict.fromkeys(plan.config.not_found))
    run.tell_missing()
    return run.exit


def _wish(words: list[str], block: str, modes: list[Mode]) -> tuple[Wish, str]:
    if len(modes) > 1:
        raise SshkeepError(f"--{modes[0]} and --{modes[1]} don't go together")
    mode = modes[0] if modes else "set"
    if len(words) < (2 if mode == "unset" else 3):
        form = "sshkeep set --unset KEYWORD PATH" if mode == "unset" else "sshkeep set KEYWORD VALUE... PATH"
        raise SshkeepError(f"{' '.join(words)}: the keyword, a value or the file is missing", form)
    return Wish(words[0], tuple(words[1:-1]), mode, block), words[-1]


def _said(words: list[str], block: str, modes: list[Mode]) -> str:
    """The command, for the record."""
    inside = ["--in", repr(block)] if block else []
    return " ".join(["set", *(f"--{mode}" for mode in modes), *inside, *words[:-1]])


def _tree(path: str, run: Run) -> Tree:
    if path == "-" or os.path.isdir(path):
        raise SshkeepError(f"{path} is no file that could be edited", "the last word names the config")
    if not os.path.lexists(path):
        raise SshkeepError(f"{path}: no such file", "the last word names the config")
    try:
        return tree_for(path, run.request)
    except (OSError, Unreadable) as error:
        raise SshkeepError(*explained(path, error)) from None


def _told(plan: SetPlan, applied: Applied, write: bool, terminal: Terminal) -> list[str]:
    holds = in_effect(plan.intent, plan.config)
    if not plan.changes:
        return [safe(f"{holds} already; nothing to do")]
    done = "written" if applied.record else "not written" if write else "--write does it"
    said = [*proven(plan.proof, plan.implied), *applied.lines, f"{holds} ({done})", applied.state]
    diff = [line for change in plan.changes for line in change_lines(change, terminal)]
    return [*diff, "", *map(safe, filter(None, said))]


def _report(plan: SetPlan, wanted: Wish, run: Run, applied: Applied) -> str:
    from sshkeep.output import report
    from sshkeep.output.models import applied_model, changed_files
    from sshkeep.syntax.source import clean

    return report.SetReport(
        target=plan.config.target.name,
        keyword=plan.intent.keyword,
        values=[clean(value) for value in plan.intent.values],
        block=clean(wanted.header),
        changed=bool(plan.changes),
        files=changed_files(plan.changes),
        proven=[clean(line) for line in proven(plan.proof, plan.implied)],
        errors=[clean(error) for error in run.errors],
        exit_code=run.exit,
        **applied_model(applied.record, filter(None, (*applied.lines, applied.state))),
    ).model_dump_json(indent=2)
