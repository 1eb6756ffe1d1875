"""The command line: every command with its options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from importlib import import_module
from typing import Annotated, NoReturn, ParamSpec

import typer

from sshkeep.cli.exits import Exit
from sshkeep.cli.outcome import outcome
from sshkeep.version import VERSION

P = ParamSpec("P")

app = typer.Typer(
    name="sshkeep",
    help="Lints and mends sshd_config and ssh_config so that idle SSH sessions survive.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _command(work: Callable[P, Exit]) -> Callable[P, NoReturn]:
    """``work`` with its outcome as the process's exit code."""

    @wraps(work)
    def command(*args: P.args, **kwargs: P.kwargs) -> NoReturn:
        raise typer.Exit(outcome(lambda: work(*args, **kwargs)))

    return command


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sshkeep {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Lints and mends sshd_config and ssh_config so that idle SSH sessions survive."""


COMMANDS = ("lint", "fix", "set", "undo", "confirm", "effective", "idle", "rule", "explain", "policy")
"""Each is a function in the module of `sshkeep.cli` that has its name, or has its own COMMANDS there."""


def register(names: Iterable[str]) -> None:
    """Make these commands known. Building one costs as much as a lint, so only what is asked for is."""
    for name in names:
        module = import_module(f"sshkeep.cli.{name}")
        if hasattr(module, "COMMANDS"):
            group = typer.Typer(help=module.__doc__, no_args_is_help=True, rich_markup_mode=None)
            for work in module.COMMANDS:
                group.command()(_command(work))
            app.add_typer(group, name=name)
            continue
        app.command(cls=getattr(module, "Command", None))(_command(getattr(module, name)))


def run_command(argv: Sequence[str]) -> NoReturn:
    """Run the command that the command line names."""
    register([name for name in argv[:1] if name in COMMANDS] or COMMANDS)
    app()
    raise AssertionError("typer ends the process")
