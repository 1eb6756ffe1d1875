"""What the arguments of each type mean, release by release: a table, held against the real programs."""

from __future__ import annotations

from functools import lru_cache

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import all_keywords
from sshkeep.openssh.targets import target_of
from sshkeep.openssh.values import types, words
from sshkeep.openssh.values.value_type import ValueType
from sshkeep.settings import field_types
from tests.openssh.values import ssh_cases, sshd_cases
from tests.openssh.values.case import REFUSED, Case
from tests.openssh.values.reading import read
from tests.oracle.cases import Case as Config
from tests.oracle.judging import judge_of
from tests.oracle.releases import SUITES, release_of
from tests.requirements import need

TABLE: dict[Kind, tuple[Case, ...]] = {"sshd_config": sshd_cases.CASES, "ssh_config": ssh_cases.CASES}
ROWS = [(kind, case) for kind, cases in TABLE.items() for case in cases]
TYPES = {
    name: value
    for module in (types, words)
    for name, value in vars(module).items()
    if isinstance(value, ValueType)
}


@pytest.mark.parametrize(
    ("kind", "case"), ROWS, ids=lambda part: part.line if isinstance(part, Case) else part
)
def test_the_value(kind: Kind, case: Case) -> None:
    for name in case.targets.split():
        assert read(kind, case.line, name)[1] == case.value, name


@pytest.mark.parametrize("name", TYPES)
def test_every_type_is_complete(name: str) -> None:
    """Values and refusals in the table, help, an option that has it, types of the settings."""
    type = TYPES[name]
    assert type.help or type.choices
    assert [each for each in type.settings if not hasattr(field_types, each)] == []
    assert type in {row.type for kind in TABLE for row in all_keywords(kind)}
    assert [other for other in TYPES.values() if other.name == type.name] == [type]
    if type.sets_option:
        values = [case.value for case in cases_of(type)]
        assert any(value != REFUSED for value in values)
        assert REFUSED in values


def cases_of(type: ValueType) -> list[Case]:
    return _by_type().get(type, [])


@lru_cache(maxsize=1)
def _by_type() -> dict[ValueType, list[Case]]:
    found: dict[ValueType, list[Case]] = {}
    for kind, case in ROWS:
        found.setdefault(read(kind, case.line, case.targets.split()[0])[0], []).append(case)
    return found


@pytest.mark.parametrize("name", [name for name in TYPES if TYPES[name].choices])
def test_every_word_is_in_the_table(name: str) -> None:
    choices = TYPES[name].choices
    taken = [each for each in cases_of(TYPES[name]) if each.value != REFUSED and "debian-sid" in each.targets]
    assert choices
    assert choices(target_of("debian-sid")).keys() == {each.line.split()[1].lower() for each in taken}


@pytest.mark.parametrize("kind", TABLE)
@pytest.mark.parametrize("suite", SUITES)
def test_openssh_has_the_same_values(suite: str, kind: Kind) -> None:
    """sshkeep reads the lines as the table says; here it must agree with the program on each of them."""
    need("releases", "root", "mounts")
    wrong = []
    with judge_of(release_of(suite)) as judge:
        for case in TABLE[kind]:
            if SUITES[suite] in case.targets.split():
                text = "".join(f"{line}\n" for line in (case.line, case.besides) if line)
                verdict = judge.judge(kind, Config(case.line, text, ("web" if kind == "ssh_config" else "",)))
                if verdict.danger:
                    assert case.line.startswith("CanonicalizeHostname"), verdict.danger
                    continue
                accepted = all(answer.accepted for answer in verdict.answers)
                if verdict.differences or accepted == (case.value == REFUSED):
                    wrong.append(
                        (case.line, verdict.differences, [answer.said for answer in verdict.answers])
                    )
    assert wrong == []
