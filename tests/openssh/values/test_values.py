"""What the arguments of each type mean, release by release: a table, held against the real programs."""

from __future__ import annotations

from functools import lru_cache

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import all_keywords
from sshkeep.openssh.targets import target_of
from sshkeep.openssh.values import types, words
from sshkeep.openssh.values.arguments import BadValue
from sshkeep.openssh.values.value_type import ValueType
from sshkeep.settings import field_types
from tests.openssh.values import ssh_cases, sshd_cases
from tests.openssh.values.case import REFUSED, Case
from tests.openssh.values.reading import read, value_of
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


def _by_keyword() -> dict[tuple[Kind, str], list[Case]]:
    found: dict[tuple[Kind, str], list[Case]] = {}
    for kind, case in ROWS:
        found.setdefault((kind, case.line.split()[0].strip('"')), []).append(case)
    return found


BY_KEYWORD = _by_keyword()


@pytest.mark.parametrize(("kind", "keyword"), BY_KEYWORD)
def test_the_values(kind: Kind, keyword: str) -> None:
    expected = [
        (case.line, name, case.value) for case in BY_KEYWORD[kind, keyword] for name in case.targets.split()
    ]
    assert [(line, name, read(kind, line, name)[1]) for line, name, _ in expected] == expected


STOPS: tuple[tuple[Kind, str, str, bool | None], ...] = (
    ("ssh_config", "PermitRemoteOpen # x", "openssh-8.6", True),
    ("ssh_config", "PermitRemoteOpen # x", "openssh-8.7", True),
    ("ssh_config", "SendEnv # x", "openssh-9.7", True),
    ("ssh_config", "RevokedHostKeys # x", "openssh-10.2", None),
    ("ssh_config", "RevokedHostKeys # x", "openssh-10.3", True),
    ("ssh_config", "GlobalKnownHostsFile none /a", "openssh-9.2", False),
    ("ssh_config", "PermitRemoteOpen any a:22", "openssh-9.2", False),
    ("ssh_config", "PermitRemoteOpen a", "openssh-9.2", True),
    ("ssh_config", "Port 0", "openssh-9.2", None),
    ("sshd_config", 'AllowUsers a ""', "openssh-9.2", None),
    ("sshd_config", 'AuthorizedKeysFile a ""', "openssh-9.2", False),
)


@pytest.mark.parametrize(("kind", "line", "target", "stops"), STOPS)
def test_whether_the_program_exits_at_the_line(
    kind: Kind, line: str, target: str, stops: bool | None
) -> None:
    """None: as it commonly does, which is for the config to say."""
    with pytest.raises(BadValue) as refusal:
        value_of(kind, line, target)
    assert refusal.value.stops is stops


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
