"""A plain command line is read as typer reads it: the same values, or typer is asked."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from inspect import Parameter, signature
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from sshkeep.cli import declarations
from sshkeep.cli.argparse_app import read_command
from sshkeep.cli.declarations import COMMAND_NAMES
from sshkeep.cli.plain_arguments import NotPlain, read_plain
from sshkeep.cli.typer_app import plain_value, typer_command

WORDS = (
    "",
    "-",
    "--",
    "a",
    "x=y",
    "sshd_config",
    "json",
    "text",
    "1",
    "0",
    "-1",
    "warning",
    "always",
    "Yes",
    "yes",
    "-h",
    "--nope",
    "1.5",
    " 3",
    "1_0",
    "\u0661",
    "nan",
)


def _commands() -> dict[str, Any]:
    found = {}
    for name in COMMAND_NAMES:
        module = import_module(f"sshkeep.cli.{name}")
        for work in getattr(module, "COMMANDS", None) or [getattr(module, name)]:
            found[f"{name} {work.__name__}" if hasattr(module, "COMMANDS") else name] = work
    return found


ALL = _commands()


def _by_typer(work: Any, words: list[str]) -> dict[str, Any] | None:
    """The values that typer hands over; None where it refuses the words."""
    seen: list[dict[str, Any]] = []
    command = typer_command(work)

    def catch(**values: Any) -> None:
        seen.append({name: plain_value(value) for name, value in values.items()})

    catch.__annotations__ = command.__annotations__
    catch.__signature__ = command.__signature__  # type: ignore[attr-defined]
    one = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    one.command()(catch)
    try:
        typer.main.get_command(one).main(words, standalone_mode=False)
    except Exception as error:
        if not type(error).__module__.startswith(("typer", "click")):
            raise
        return None
    return seen[0] if seen else None


def _plainly(work: Any, words: list[str]) -> dict[str, Any] | None:
    try:
        values = read_plain(work, words)
    except NotPlain:
        return None
    return _with_defaults(work, values)


def _with_defaults(work: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {
        n: p.default for n, p in signature(work).parameters.items() if p.default is not Parameter.empty
    }
    return {**defaults, **values}


def _options(name: str) -> dict[str, declarations.CommandOption]:
    hints = declarations.parameters(ALL[name])
    declared = {each: hint.__metadata__[0] for each, hint in hints.items()}
    return {each: made for each, made in declared.items() if isinstance(made, declarations.CommandOption)}


REQUIRED = {"set": ["Port", "22"], "explain": ["Port"]}
VALUES = ("1", "0", "yes", "Off", " true ", "maybe", "text", "text json", "a b", "-x", "7", "")


def _by_argparse(name: str, words: list[str]) -> dict[str, Any] | None:
    """The values that sshkeep.pyz reads, which has no typer."""
    try:
        command, values = read_command([*name.split(), *words])
    except SystemExit:
        return None
    return _with_defaults(command, values)


@pytest.mark.parametrize("name", ALL)
def test_variables_set_options_as_typer_reads_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read from a plain command line, and by sshkeep.pyz."""
    words = REQUIRED.get(name, [])
    for parameter, option in _options(name).items():
        assert option.variable or all(len(spelling) == 2 for spelling in option.names)
        taken = 0
        for value in VALUES if option.variable else ():
            with monkeypatch.context() as patched:
                patched.setenv(option.variable or "", value)
                there = _by_typer(ALL[name], words)
                for here in (_plainly(ALL[name], words), _by_argparse(name, words)):
                    assert (here is None) == (there is None), (option.names, value)
                    if here is not None and there is not None:
                        assert repr(here[parameter]) == repr(there[parameter]), (option.names, value)
                taken += there is not None and value != "" and there[parameter] not in (None, "", False)
        assert taken or option.choices or not option.variable or _takes_a_choice(name, parameter)


def _takes_a_choice(name: str, parameter: str) -> bool:
    return "Literal" in repr(declarations.parameters(ALL[name])[parameter])


def test_the_command_line_wins_over_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSHKEEP_TARGET", "debian-12")
    for words, target in (([], "debian-12"), (["--target", "debian-13"], "debian-13")):
        here, there = _plainly(ALL["lint"], words), _by_typer(ALL["lint"], words)
        assert here is not None and there is not None
        assert here["target"] == there["target"] == target


@pytest.mark.parametrize("name", ALL)
def test_plain_words_are_read_as_typer_reads_them(name: str) -> None:
    work = ALL[name]
    declared = [hint.__metadata__[0] for hint in declarations.parameters(work).values()]
    names = [
        name for each in declared if isinstance(each, declarations.CommandOption) for name in each.spellings
    ]
    pieces = st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(names or ["a"]),
        st.builds(lambda n, w: f"{n}={w}", st.sampled_from(names or ["--a"]), st.sampled_from(WORDS)),
    )
    plain = [0]

    @settings(max_examples=300, deadline=None)
    @given(st.lists(pieces, max_size=6))
    def same(words: list[str]) -> None:
        here = _plainly(work, words)
        if here is not None:
            plain[0] += 1
            there = _by_typer(work, words)
            assert there is not None and repr(sorted(here.items())) == repr(sorted(there.items())), words

    same()
    assert plain[0] > (1 if names else -1)
