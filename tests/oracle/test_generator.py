"""The generator writes values of every type, and every unit: a type or a letter that it lacks is named."""

import re
from collections.abc import Callable
from random import Random
from string import ascii_lowercase

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST
from sshkeep.openssh.tables.keywords import all_keywords
from sshkeep.openssh.values.numbers import parse_size, parse_time
from tests.oracle.generator.samples import BY_TYPE, REKEY, TIME, Values, pick
from tests.oracle.generator.vocabulary import named_values

PLAIN_WORDS = {"word"}
"""Types of which any word is a value."""
ELSEWHERE = {"host", "match", "include"}
"""Types that `tests.oracle.generator.blocks` and `config` write."""


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
def test_every_type_has_values(kind: Kind) -> None:
    """For the keywords that Debian's programs, which are asked, know."""
    asked = [
        row for row in all_keywords(kind) if not row.state and (not row.vendors or "debian" in row.vendors)
    ]
    lacking = {row.type.name for row in asked if not named_values(row, kind)}
    assert lacking - {*BY_TYPE} - PLAIN_WORDS - ELSEWHERE == set(), "types without a row in BY_TYPE"


UNITS: tuple[tuple[str, Callable[[str], int | None], Values], ...] = (
    # what reads a time or size of one letter, where the generator's are
    ("time", lambda text: parse_time(text, NEWEST), TIME),
    ("size", parse_size, REKEY),
)


@pytest.mark.parametrize(("name", "read", "values"), UNITS, ids=[row[0] for row in UNITS])
def test_every_unit_is_written(name: str, read: Callable[[str], int | None], values: Values) -> None:
    rng = Random(1)
    written = " ".join(pick(rng, values.good, NEWEST) or "" for _ in range(500)).lower()
    units = {letter for letter in ascii_lowercase if read(f"1{letter}") is not None}
    assert units - {*re.findall(r"\d([a-z])", written)} == set(), f"units that no {name} of samples.py has"
