"""The command line as typer reads it: every command with its options, made of the declarations."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from importlib import import_module
from inspect import Signature, signature
from io import StringIO
from typing import Annotated, Any, NoReturn, get_args, get_origin, get_type_hints

import typer
from typer.core import TyperCommand

from sshkeep.cli.declarations import COMMAND_NAMES, CommandArgument, CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.messages import run_work
from sshkeep.cli.wrong_words import meant_by_command, meant_by_option
from sshkeep.lookup import did_you_mean, near_names
from sshkeep.output.terminal import Terminal, safe
from sshkeep.version import VERSION

NARROW, MANY_CHOICES = 52, 50
"""Columns of a terminal; characters of names that stand beside an option."""
HELP = "Check and fix sshd_config and ssh_config; keep idle SSH sessions alive."
EPILOG = "Variables set options, too: SSHKEEP_FAIL_ON for --fail-on."


app = typer.Typer(
    name="sshkeep",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    suggest_commands=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def typer_command(work: Callable[..., Exit]) -> Callable[..., NoReturn]:
    """``work`` as typer takes it: its declarations as typer's, its result as the process's exit code."""

    @wraps(work)
    def command(**values: Any) -> NoReturn:
        plain = {name: plain_value(value) for name, value in values.items()}
        raise typer.Exit(run_work(lambda: work(**plain)))

    hints = {name: _typer_hint(hint) for name, hint in get_type_hints(work, include_extras=True).items()}
    declared = signature(work).parameters.values()
    command.__annotations__ = hints
    command.__signature__ = Signature([each.replace(annotation=hints[each.name]) for each in declared])  # type: ignore[attr-defined]
    return command


def _typer_hint(hint: Any) -> Any:
    base, *declared = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    match declared:
        case [CommandOption() as option]:
            metavar, help = option.metavar, option.help
            if sum(map(len, option.choices)) > MANY_CHOICES:
                metavar, help = "NAME", f"{option.help} One of {', '.join(option.choices)}."
            made = typer.Option(
                *("/".join(option.spellings),) if option.off else option.names,
                metavar=metavar,
                help=help,
                min=option.min,
                envvar=option.variable,
                show_envvar=False,
            )
            return Annotated[_choice(option, base) if option.choices else base, made]
        case [CommandArgument() as argument]:
            return Annotated[base, typer.Argument(metavar=argument.metavar, help=argument.help)]
        case _:
            return hint


def _choice(option: CommandOption, base: Any) -> Any:
    """The type of one of the choices, or of a list of them, for which typer wants an Enum."""
    from enum import Enum
    from typing import Literal

    if any(get_origin(each) is list for each in get_args(base)):
        return list[Enum("Choice", {each: each for each in option.choices})] | None  # type: ignore[misc]
    return Literal[option.choices]


def plain_value(value: Any) -> Any:
    """A value as a plain command line gives it: the texts of a list of choices."""
    return [getattr(each, "value", each) for each in value] if isinstance(value, list) else value


def _command_class(hint: str) -> type[TyperCommand]:
    """A command that adds ``hint`` to the error about an option that it does not have."""

    class Command(TyperCommand):
        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            try:
                return super().parse_args(ctx, args)
            except Exception as error:
                # The class is click's own or the copy that typer brings, depending on its release.
                if type(error).__name__ == "NoSuchOption":
                    error.message = f"{error.message} ({hint})"  # type: ignore[attr-defined]
                raise

    return Command


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sshkeep {VERSION}")
        raise typer.Exit


@app.callback(help=HELP)
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    pass


def register(names: Iterable[str]) -> None:
    """Make these commands known. Building one costs as much as a lint, so only what is asked for is."""
    for name in names:
        module = import_module(f"sshkeep.cli.{name}")
        if hasattr(module, "COMMANDS"):
            group = typer.Typer(
                help=module.__doc__, no_args_is_help=True, rich_markup_mode=None, suggest_commands=False
            )
            for work in module.COMMANDS:
                group.command(epilog=EPILOG)(typer_command(work))
            app.add_typer(group, name=name)
            continue
        hint = getattr(module, "NO_SUCH_OPTION", "")
        make = app.command(cls=_command_class(hint) if hint else None, epilog=EPILOG)
        make(typer_command(getattr(module, name)))


def _suggest(error: Any) -> None:
    """Add what was perhaps meant to an error about a command, an option or one of its choices."""
    message = str(getattr(error, "message", ""))
    word, names, known = "", list[str](), ""
    if type(error).__name__ == "NoSuchOption":
        error.possibilities = None
        word = error.option_name
        known = meant_by_option(word, error.ctx.info_name)
        names = [name for each in error.ctx.command.params for name in each.opts]
    elif found := re.match(r"No such command '(.*)'", message):
        word, names = found[1], list(error.ctx.command.commands)
        known = meant_by_command(word) if "lint" in names else ""
    elif found := re.match(r"'(.*)' is not one of ", message):
        word, names = found[1], list(error.param.type.choices)
    if meant := did_you_mean([known] if known else near_names(word, names)):
        error.message = f"{message.rstrip('.')}; {meant}"


def _fit_help(columns: int) -> None:
    """In a narrow terminal help takes its columns, not 50, and stands below the options."""
    context: Any = TyperCommand.context_class

    class Formatter(context.formatter_class):  # type: ignore[misc]
        def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
            super().write_dl(rows, min(col_max, columns // 5), col_spacing)

    context.formatter_class = Formatter
    app.info.context_settings = {**(app.info.context_settings or {}), "terminal_width": columns - 2}


def run_command(argv: Sequence[str]) -> NoReturn:
    """Run the command that the command line names."""
    if (columns := Terminal("never").width) < NARROW:
        _fit_help(columns)
    register([name for name in argv[:1] if name in COMMAND_NAMES] or COMMAND_NAMES)
    try:
        sys.exit(app(prog_name="sshkeep", standalone_mode=False))
    except Exception as error:
        # The class is click's own or the copy that typer brings, depending on its release.
        if not hasattr(error, "exit_code") or not hasattr(error, "show"):
            raise
        _suggest(error)
        shown = StringIO()
        error.show(shown)
        sys.stderr.write("".join(f"{safe(line)}\n" for line in shown.getvalue().rstrip("\n").split("\n")))
        sys.exit(error.exit_code)
