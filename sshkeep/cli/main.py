"""The program: commands, and what happens around every one of them."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from importlib import import_module
from types import FrameType
from typing import Annotated, NoReturn, ParamSpec

import typer

from sshkeep.cli.exits import Exit
from sshkeep.cli.run import tell
from sshkeep.errors import SshkeepError
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


class _Interrupted(BaseException):
    """Ctrl-C; not KeyboardInterrupt, which the command line library would answer itself."""


def _command(work: Callable[P, Exit]) -> Callable[P, NoReturn]:
    """``work`` with its outcome as the process's exit code, whatever happens to it."""

    @wraps(work)
    def command(*args: P.args, **kwargs: P.kwargs) -> NoReturn:
        try:
            code = work(*args, **kwargs)
            sys.stdout.flush()
        except SshkeepError as error:
            tell(str(error))
            code = Exit.FAILED
        except BrokenPipeError:
            _drop_output()
            code = Exit.READER_GONE
        raise typer.Exit(code)

    return command


def _drop_output() -> None:
    """What is still buffered goes nowhere, so that nothing complains about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    """Make these commands known. Building one costs as much as a lint, so main asks for what it needs."""
    for name in names:
        module = import_module(f"sshkeep.cli.{name}")
        if hasattr(module, "COMMANDS"):
            group = typer.Typer(help=module.__doc__, no_args_is_help=True, rich_markup_mode=None)
            for work in module.COMMANDS:
                group.command()(_command(work))
            app.add_typer(group, name=name)
            continue
        app.command(cls=getattr(module, "Command", None))(_command(getattr(module, name)))


def main() -> None:
    """Run the command line; never returns."""
    register([name for name in sys.argv[1:2] if name in COMMANDS] or COMMANDS)
    signal.signal(signal.SIGINT, _interrupt)
    # A big config is a million small objects that all stay; looking for garbage among them again and
    # again is a third of the time. Rarely is enough to keep a run over many files small.
    gc.set_threshold(100_000, 50, 100)
    if sys.stdout is None or sys.stderr is None:  # closed by the caller
        os._exit(Exit.FAILED)
    for stream in (sys.stdout, sys.stderr):
        # A path or value that the locale can't show must not end the program.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except _Interrupted:
        os._exit(Exit.INTERRUPTED)
    except OSError as error:
        _drop_output()
        tell(f"can't write the result: {error.strerror}")
        sys.exit(Exit.FAILED)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise _Interrupted
