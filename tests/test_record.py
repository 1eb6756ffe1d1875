"""sshkeep.record's NamedTuple is typing's, made faster."""

from __future__ import annotations

import copy
import pickle
import re
from pathlib import Path

import pytest

import sshkeep
from sshkeep.openssh.releases import Release
from sshkeep.record import NamedTuple
from sshkeep.syntax.source import Span


class Probe(NamedTuple):
    """What it is."""

    first: int
    second: str | None = None
    third: tuple[int, ...] = ()

    @property
    def double(self) -> int:
        return 2 * self.first


def test_fields_defaults_and_methods_are_as_written() -> None:
    assert Probe._fields == ("first", "second", "third")
    assert Probe._field_defaults == {"second": None, "third": ()}
    assert Probe(1) == (1, None, ()) == Probe(first=1)
    assert Probe(1)._replace(second="x") == Probe(1, "x")
    assert Probe(4).double == 8
    with pytest.raises(TypeError):
        Probe()  # type: ignore[call-arg]


def test_it_says_what_it_is() -> None:
    assert (Probe.__doc__, Probe.__name__, Probe.__module__) == ("What it is.", "Probe", __name__)
    assert repr(Probe(1)) == "Probe(first=1, second=None, third=())"
    assert list(Probe.__annotations__) == list(Probe._fields)


@pytest.mark.parametrize("value", [Span(1, 2), Release(9, 2)])
def test_it_can_be_copied_and_sent(value: tuple[int, int]) -> None:
    assert copy.deepcopy(value) == value
    assert type(pickle.loads(pickle.dumps(value))) is type(value)


def test_all_of_the_package_uses_it() -> None:
    folder = Path(sshkeep.__file__).parent
    direct = re.compile(r"^from typing import .*\bNamedTuple\b", re.MULTILINE)
    found = [path.name for path in folder.rglob("*.py") if direct.search(path.read_text("utf-8"))]
    assert found == []
