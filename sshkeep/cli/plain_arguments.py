"""Read a plain command line by the declarations alone.

typer reads everything else, and prints help, errors and completions. To import it costs more than a lint.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any, get_args, get_origin

from sshkeep.cli.declarations import COMMAND_NAMES, CommandArgument, CommandOption, parameters
from sshkeep.cli.exit_codes import Exit


class NotPlain(Exception):
    """Anything but values for declared names: help, a mistake, or a form that only typer knows."""


class Parameter:
    """One parameter of a command: its declaration, and the type of one of its values."""

    def __init__(self, name: str, hint: Any, required: bool) -> None:
        base = hint.__origin__
        among = get_args(base)
        base = among[0] if type(None) in among else base
        self.name = name
        self.declaration: CommandOption | CommandArgument = hint.__metadata__[0]
        self.required = required
        self.many = get_origin(base) is list
        self.type = get_args(base)[0] if self.many else base

    def value(self, word: str) -> object:
        """``word`` in the parameter's type. Raises NotPlain if it is none of that type."""
        choices = get_args(self.type)
        option = self.declaration if isinstance(self.declaration, CommandOption) else None
        if choices := (option and option.choices) or choices:
            if word not in choices:
                raise NotPlain
            return word
        if self.type is str:
            return word
        if not word.isascii():
            raise NotPlain
        try:
            number = self.type(word)
        except ValueError:
            raise NotPlain from None
        if option and option.min is not None and number < option.min:
            raise NotPlain
        return number


def plain_call(argv: Sequence[str]) -> Callable[[], Exit] | None:
    """The call that a plain command line asks for; None if typer has to read it."""
    if not argv or argv[0] not in COMMAND_NAMES:
        return None
    module = import_module(f"sshkeep.cli.{argv[0]}")
    words = argv[1:]
    if hasattr(module, "COMMANDS"):
        command = next((each for each in module.COMMANDS if [each.__name__] == words[:1]), None)
        words = words[1:]
    else:
        command = getattr(module, argv[0])
    if command is None:
        return None
    try:
        values = read_plain(command, words)
    except NotPlain:
        return None
    return partial(command, **values)


def read_plain(command: Callable[..., object], words: Sequence[str]) -> Mapping[str, object]:
    """The values that ``words`` give to the command's parameters. Raises NotPlain."""
    hints = parameters(command)
    named = [name for name, hint in hints.items() if isinstance(hint.__metadata__[0], CommandOption)]
    options = {spelling: name for name in named for spelling in hints[name].__metadata__[0].names}
    off = {hints[name].__metadata__[0].off: name for name in named}
    found: dict[str, object] = {}
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            rest += left
        elif word == "-" or not word.startswith("-"):
            rest.append(word)
        else:
            spelling, equals, text = word.partition("=") if word.startswith("--") else (word, "", "")
            if spelling in off and not equals:
                found[off[spelling]] = False
                continue
            if spelling not in options:
                raise NotPlain
            name = options[spelling]
            _read_option(Parameter(name, hints[name], False), text if equals else None, left, found)
    found.update(values_of_environment(hints, found))
    required = len(hints) - len(command.__defaults__ or ())
    arguments = [
        Parameter(name, hint, number < required)
        for number, (name, hint) in enumerate(hints.items())
        if name not in named
    ]
    _read_arguments(rest, arguments, found)
    return found


def _read_option(option: Parameter, text: str | None, left: Iterator[str], found: dict[str, object]) -> None:
    if option.type is bool:
        if text is not None:
            raise NotPlain
        found[option.name] = True
        return
    if text is None:
        text = next(left, "-")
        if text.startswith("-"):  # the value may be forgotten
            raise NotPlain
    value = option.value(text)
    if option.many:
        found.setdefault(option.name, []).append(value)  # type: ignore[attr-defined]
    else:
        found[option.name] = value


TRUE = ("1", "true", "t", "yes", "y", "on")
FALSE = ("0", "false", "f", "no", "n", "off")
"""How a variable spells a flag, in any case."""


def values_of_environment(hints: Mapping[str, Any], found: Mapping[str, object]) -> Mapping[str, object]:
    """What variables give to the options that the command line does not name.

    Raises NotPlain, with the variable and its text, for what is no value of its option.
    """
    values = {}
    for name, hint in hints.items():
        option = hint.__metadata__[0]
        variable = option.variable if isinstance(option, CommandOption) and name not in found else None
        text = os.environ.get(variable or "")
        if not text:
            continue
        try:
            values[name] = _of_environment(Parameter(name, hint, False), text)
        except NotPlain:
            raise NotPlain(variable, text) from None
    return values


def _of_environment(option: Parameter, text: str) -> object:
    """The value of a variable, as typer reads it: blanks separate the values of a list."""
    if option.many:
        return [option.value(word) for word in text.split()]
    if option.type is not bool:
        return option.value(text)
    word = text.strip().lower()
    if word not in TRUE + FALSE:
        raise NotPlain
    return word in TRUE


def _read_arguments(words: list[str], arguments: list[Parameter], found: dict[str, object]) -> None:
    for argument in arguments:
        if argument.many:
            if words:
                found[argument.name] = [argument.value(word) for word in words]
            words = []
        elif words:
            found[argument.name] = argument.value(words.pop(0))
        if argument.required and argument.name not in found:
            raise NotPlain
    if words:
        raise NotPlain
