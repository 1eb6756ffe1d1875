"""``sshkeep lint``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.choice import choice
from sshkeep.cli.exits import Exit
from sshkeep.cli.run import Run, tell
from sshkeep.cli.sink import Sink
from sshkeep.config.model import Config
from sshkeep.lint.finding import Finding
from sshkeep.lint.runner import run as run_rules
from sshkeep.output.terminal import Terminal
from sshkeep.output.text import finding_lines, summary
from sshkeep.trees.tree import Tree


class Format(str, Enum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


FAILING = {"warning": ("warning", "error"), "error": ("error",)}


def lint(
    paths: options.Paths = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[Format, typer.Option("--format", help="How findings are printed.")] = Format.TEXT,
    output: options.OutputFile = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    policy: options.PolicyFile = None,
    fail_on: Annotated[
        options.FailOn, typer.Option("--fail-on", help="The least severity for exit code 1.")
    ] = options.FailOn.WARNING,
    stdin_filename: options.StdinName = "",
    quiet: options.Quiet = False,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Report what is wrong with configs. Exit 0: nothing; 1: findings; 2: something could not be read."""
    chosen = choice(policy, target, select, extend_select, ignore)
    run = Run(kind.value if kind else None, chosen.target, root, quiet)
    with Sink(output) as sink:
        results: list[tuple[Tree, Config, list[Finding]]] = []
        terminal = Terminal(color.value if output is None else "never")
        for tree, config in run.configs(run.trees(paths or [], stdin_filename)):
            findings = [
                f for f in run_rules(config, chosen.rules, chosen.wishes) if tree.shows(f.source.path)
            ]
            if any(finding.severity in FAILING[fail_on.value] for finding in findings):
                run.ended(Exit.FOUND)
            results.append((tree, config, findings))
            if format is Format.TEXT:
                for finding in findings:
                    sink.lines([*finding_lines(finding, terminal), ""])
        if format is Format.JSON:
            sink.lines([_report(results, run)])
        elif results and not quiet:
            sink.lines(
                [
                    summary(
                        [f for *_, its in results for f in its],
                        target_names(t for t, *_ in results),
                        sum(len(config.files) for _, config, _ in results),
                    )
                ]
            )
    for _, config, _ in results:
        for note in config.notes:
            tell(f"note: {note}")
    run.tell_missing()
    return run.exit


def target_names(trees: Iterable[Tree]) -> list[str]:
    """What the trees were read for, each once."""
    return list(
        dict.fromkeys(tree.target.name + (", as installed" if tree.installed else "") for tree in trees)
    )


def _report(results: Sequence[tuple[Tree, Config, list[Finding]]], run: Run) -> str:
    from sshkeep.output import report
    from sshkeep.output.models import finding_model, summary_model
    from sshkeep.syntax.source import clean

    return report.LintReport(
        target=", ".join(dict.fromkeys(tree.target.name for tree, *_ in results)),
        files=[clean(path) for _, config, _ in results for path in config.files],
        findings=[finding_model(finding, config) for _, config, findings in results for finding in findings],
        errors=[clean(error) for error in run.errors],
        summary=summary_model(finding for *_, findings in results for finding in findings),
        exit_code=run.exit,
    ).model_dump_json(indent=2)
