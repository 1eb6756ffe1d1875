"""sshkeep's answers to the table of small configs are those of the installed OpenSSH."""

from pathlib import Path

import pytest

from sshkeep.openssh.kind import Kind
from tests.oracle.answers import differences
from tests.oracle.cases import Case
from tests.oracle.installed import openssh, sshkeep
from tests.oracle.judging import written
from tests.oracle.table import TABLE
from tests.requirements import need

ROWS = [
    pytest.param(kind, case, id=f"{kind}: {case.name}") for kind, cases in TABLE.items() for case in cases
]


@pytest.mark.parametrize(("kind", "case"), ROWS)
def test_sshkeep_answers_as_openssh_does(kind: Kind, case: Case, tmp_path: Path) -> None:
    need("openssh")
    path = written(kind, case, tmp_path)
    for ask in case.asks:
        real = openssh(kind, path, ask)
        assert list(differences(real, sshkeep(kind, path, ask))) == [], f"asked for {ask!r}"
        assert real.outside == "", "not compared"
