"""Each fault planted in sshkeep makes at least one row of the table come out wrong."""

from pathlib import Path

import pytest

from sshkeep.openssh.kind import Kind
from tests.oracle.answers import Answer, differences
from tests.oracle.faults import FAULTS, Fault, planted
from tests.oracle.installed import openssh, sshkeep
from tests.oracle.judging import written
from tests.oracle.table import TABLE
from tests.requirements import need

Row = tuple[Kind, Path, str, Answer]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """Every question of the table with OpenSSH's answer, asked now."""
    need("openssh")
    rows: list[Row] = []
    for kind, cases in TABLE.items():
        for case in cases:
            path = written(kind, case, tmp_path_factory.mktemp("case"))
            rows += [(kind, path, ask, openssh(kind, path, ask)) for ask in case.asks]
    return rows


def wrong(rows: list[Row]) -> int:
    """How many questions sshkeep answers otherwise."""
    return sum(any(differences(real, sshkeep(kind, path, ask))) for kind, path, ask, real in rows)


def test_without_a_fault_all_is_right(answered: list[Row]) -> None:
    assert len(answered) >= 60
    assert wrong(answered) == 0


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_table_catches(fault: Fault, answered: list[Row]) -> None:
    with planted(fault):
        assert wrong(answered) > 0
