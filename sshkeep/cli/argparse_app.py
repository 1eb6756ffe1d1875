"""The command line where typer is missing, as in sshkeep.pyz: help and errors, made of the declarations."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any, NoReturn, get_args

from sshkeep.cli.declarations import COMMAND_NAMES, CommandArgument, CommandOption, parameters
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.messages import run_work
from sshkeep.cli.plain_arguments import NotPlain, Parameter, values_of_environment
from sshkeep.output.terminal import safe
from sshkeep.version import VERSION

_CALLED = "COMMAND"
"""In what was read: the function to call."""


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(safe(message))


def run_command(argv: Sequence[str]) -> NoReturn:
    """Run the command that the command line names."""
    command, values = read_command(argv)
    sys.exit(run_work(partial(command, **values)))


def read_command(argv: Sequence[str]) -> tuple[Callable[..., Exit], dict[str, object]]:
    """The function that the command line names, and what it and the environment give to its parameters."""
    parser = _Parser("sshkeep", description="Check and fix sshd_config and ssh_config.")
    parser.add_argument("--version", action="version", version=f"sshkeep {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in [name for name in argv[:1] if name in COMMAND_NAMES] or COMMAND_NAMES:
        module = import_module(f"sshkeep.cli.{name}")
        if hasattr(module, "COMMANDS"):
            group = commands.add_parser(name, help=_first_line(module.__doc__))
            within = group.add_subparsers(metavar="COMMAND", required=True)
            for command in module.COMMANDS:
                _add_command(within, command)
        else:
            _add_command(commands, getattr(module, name))
    values = vars(parser.parse_args(argv or ["--help"], Namespace()))
    command = values.pop(_CALLED)
    try:
        values |= values_of_environment(parameters(command), values)
    except NotPlain as error:
        variable, text = error.args
        parser.error(f"{text!r} of the variable {variable} is not a valid value for its option")
    return command, values


def _add_command(commands: Any, command: Callable[..., object]) -> None:
    parser: ArgumentParser = commands.add_parser(
        command.__name__, description=command.__doc__, help=_first_line(command.__doc__), allow_abbrev=False
    )
    parser.set_defaults(**{_CALLED: command})
    hints = parameters(command)
    required = len(hints) - len(command.__defaults__ or ())
    for number, (name, hint) in enumerate(hints.items()):
        parameter = Parameter(name, hint, number < required)
        if isinstance(parameter.declaration, CommandOption):
            _add_option(parser, parameter, parameter.declaration)
        else:
            _add_argument(parser, parameter, parameter.declaration)


def _add_option(parser: ArgumentParser, parameter: Parameter, option: CommandOption) -> None:
    shared: dict[str, Any] = {"dest": parameter.name, "default": SUPPRESS, "help": _literally(option.help)}
    if parameter.type is bool:
        parser.add_argument(*option.names, action="store_true", **shared)
        if option.off:
            parser.add_argument(option.off, action="store_false", **{**shared, "help": SUPPRESS})
        return
    choices = option.choices or get_args(parameter.type)
    parser.add_argument(
        *option.names,
        action="append" if parameter.many else "store",
        type=_reader(parameter),
        choices=choices or None,
        metavar=None if choices else option.metavar or "N",
        **shared,
    )


def _add_argument(parser: ArgumentParser, parameter: Parameter, argument: CommandArgument) -> None:
    many = ("+" if parameter.required else "*") if parameter.many else (None if parameter.required else "?")
    parser.add_argument(
        parameter.name,
        nargs=many,
        type=_reader(parameter),
        default=SUPPRESS,
        metavar=argument.metavar.strip("[].").replace("]", "").replace("[", ""),
        help=_literally(argument.help),
    )


def _reader(parameter: Parameter) -> Callable[[str], object]:
    def read(word: str) -> object:
        try:
            return parameter.value(word)
        except NotPlain:
            if get_args(parameter.type) or getattr(parameter.declaration, "choices", ()):
                return word  # argparse names the choices
            least = getattr(parameter.declaration, "min", None)
            number = "a number" if least is None else f"a number from {least} on"
            raise ArgumentTypeError(f"{word!r} is not {number}") from None

    return read


def _first_line(text: str | None) -> str:
    return _literally((text or "").partition("\n")[0])


def _literally(text: str) -> str:
    return text.replace("%", "%%")
