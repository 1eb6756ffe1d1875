"""Options and arguments as commands declare them.

A command is a function in a module whose annotations are evaluated (no future import); each parameter is
``Annotated[type, CommandOption(...)]`` or with ``CommandArgument(...)``. `sshkeep.cli.plain_arguments` reads
plain command lines by them, `sshkeep.cli.typer_app` makes typer's own of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

COMMAND_NAMES = (
    "lint",
    "fix",
    "format",
    "set",
    "undo",
    "confirm",
    "effective",
    "idle",
    "hosts",
    "rule",
    "explain",
    "targets",
    "policy",
    "profiles",
    "audit",
    "lsp",
    "completion",
)
"""Each is a function in the module of `sshkeep.cli` that has its name, or has its own COMMANDS there."""


class CommandOption:
    """``--name VALUE``, or ``--name`` alone for a bool; ``off`` is the spelling that makes it false.

    A number is ``min`` or more; a text is one of ``choices``, unless there are none. A variable of the
    environment gives the value where the command line does not.
    """

    __slots__ = ("choices", "help", "metavar", "min", "names", "off")

    def __init__(
        self,
        *names: str,
        metavar: str | None = None,
        help: str = "",
        min: int | None = None,
        choices: tuple[str, ...] = (),
        off: str = "",
    ) -> None:
        self.names = names
        self.metavar = metavar
        self.help = help
        self.min = min
        self.choices = choices
        self.off = off

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that a command line may have for it."""
        return (*self.names, self.off) if self.off else self.names

    @property
    def variable(self) -> str | None:
        """``SSHKEEP_FAIL_ON`` for ``--fail-on``; None for an option that has a letter only."""
        name = next((name for name in self.names if name.startswith("--")), "")
        return f"SSHKEEP_{name[2:].replace('-', '_').upper()}" if name else None


class CommandArgument:
    """A word without a name; a list takes all that are left."""

    __slots__ = ("help", "metavar")

    def __init__(self, metavar: str, help: str = "") -> None:
        self.metavar = metavar
        self.help = help


def parameters(command: Callable[..., object]) -> dict[str, Any]:
    """The parameters of a command, in the order of its declaration: name to annotation."""
    return {name: hint for name, hint in command.__annotations__.items() if name != "return"}
