"""The options of ``sshkeep lint``."""

from __future__ import annotations

from typing import Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.exits import Exit
from sshkeep.cli.linting import Asked, lint_configs


def lint(
    paths: options.Paths = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[
        options.Format, typer.Option("--format", help="How findings are printed.")
    ] = options.Format.TEXT,
    output: options.OutputFile = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    policy: options.PolicyFile = None,
    rules: options.RulesFolder = None,
    baseline: options.BaselineFile = None,
    write_baseline: options.NewBaseline = None,
    fail_on: Annotated[
        options.FailOn, typer.Option("--fail-on", help="The least severity for exit code 1.")
    ] = options.FailOn.WARNING,
    stdin_filename: options.StdinName = "",
    quiet: options.Quiet = False,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Report what is wrong with configs. Exit 0: nothing; 1: findings; 2: something could not be read."""
    return lint_configs(
        Asked(
            paths=paths or (),
            kind=kind.value if kind else None,
            target=target,
            root=root,
            format=format.value,
            output=output,
            line=options.line(select, extend_select, ignore),
            policy=policy,
            rules=rules,
            baseline=baseline,
            write_baseline=write_baseline,
            fail_on=fail_on.value,
            stdin_filename=stdin_filename,
            quiet=quiet,
            color=color.value,
        )
    )
