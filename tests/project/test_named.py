"""`sshkeep.named.NamedTuple` is typing's, as far as sshkeep uses it."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from sshkeep.named import NamedTuple


class Ours(NamedTuple):
    """A line."""

    path: str
    number: int = 1
    words: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.path}:{self.number}"


class Theirs(typing.NamedTuple):
    """A line."""

    path: str
    number: int = 1
    words: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.path}:{self.number}"


QUESTIONS: tuple[tuple[str, typing.Callable[[Any], object]], ...] = (
    ("the fields", lambda line: line._fields),
    ("the defaults", lambda line: line._field_defaults),
    ("by position", lambda line: tuple(line("a", 2))),
    ("by name", lambda line: tuple(line(number=3, path="a"))),
    ("a missing field", lambda line: line()),
    ("a field too many", lambda line: line("a", 1, (), 4)),
    ("an unknown field", lambda line: line("a", line=1)),
    ("an attribute", lambda line: line("a").path),
    ("a property", lambda line: line("a").where),
    ("an attribute is set", lambda line: setattr(line("a"), "path", "b")),
    ("another attribute is set", lambda line: setattr(line("a"), "other", "b")),
    ("another value", lambda line: tuple(line("a")._replace(number=9))),
    ("another value of an unknown field", lambda line: line("a")._replace(line=9)),
    ("a dictionary", lambda line: line("a")._asdict()),
    ("of an iterable", lambda line: tuple(line._make(["a", 1, ()]))),
    ("of too few", lambda line: line._make(["a"])),
    ("equality", lambda line: (line("a") == line("a"), line("a") == ("a", 1, ()), line("a") == line("b"))),
    ("order", lambda line: line("a") < line("b")),
    ("hash", lambda line: hash(line("a"))),
    ("the text", lambda line: repr(line("a")).partition("(")[2]),
    ("a copy", lambda line: copy.deepcopy(line("a")) == line("a")),
    ("pickled", lambda line: pickle.loads(pickle.dumps(line("a"))) == line("a")),
    ("the documentation", lambda line: line.__doc__),
    ("the type hints", lambda line: typing.get_type_hints(line)),
)


@pytest.mark.parametrize("ask", [case[1] for case in QUESTIONS], ids=[case[0] for case in QUESTIONS])
def test_it_answers_as_typing_s(ask: typing.Callable[[Any], object]) -> None:
    def answer(line: Any) -> object:
        try:
            return ask(line)
        except (TypeError, ValueError, AttributeError) as error:
            return type(error)

    assert answer(Ours) == answer(Theirs)


def test_it_can_be_matched() -> None:
    match Ours("a", 2):
        case Ours(path, number):
            assert (path, number) == ("a", 2)
