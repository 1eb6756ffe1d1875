"""sshkeep's answers to the table of small configs are those of the installed OpenSSH."""

from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.openssh.keyword import Kind
from tests.oracle.cases import Case
from tests.oracle.judge import Answer, differences, openssh, sshkeep
from tests.oracle.judging import written
from tests.oracle.table import TABLE
from tests.requirements import need

ROWS = [
    pytest.param(kind, case, id=f"{kind}: {case.name}") for kind, cases in TABLE.items() for case in cases
]


def ours(kind: Kind, path: Path, ask: str) -> Answer:
    """sshkeep's answer; what it refuses to read at all counts as refused."""
    try:
        return sshkeep(kind, path, ask)
    except SshkeepError as error:
        return Answer(False, {}, str(error))


@pytest.mark.parametrize(("kind", "case"), ROWS)
def test_sshkeep_answers_as_openssh_does(kind: Kind, case: Case, tmp_path: Path) -> None:
    need("openssh")
    path = written(kind, case, tmp_path)
    for ask in case.asks:
        assert differences(openssh(kind, path, ask), ours(kind, path, ask)) == [], f"asked for {ask!r}"
