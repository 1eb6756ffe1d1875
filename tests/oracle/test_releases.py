"""sshkeep's answers to generated configs and to the corpus are those of four other OpenSSH releases."""

import os
from collections.abc import Callable
from pathlib import Path
from random import SystemRandom

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST
from tests.oracle.cases import BOTH_FILES
from tests.oracle.corpus import compare_corpus, corpus
from tests.oracle.debian import CannotFetch, fetch
from tests.oracle.faults import FAULTS, planted
from tests.oracle.judging import judge_of
from tests.oracle.releases import SUITES, release_of
from tests.oracle.run import Job, report, run, smallest
from tests.oracle.table import TABLE
from tests.requirements import need

FIXED = 20251123
FRESH = int(os.environ.get("SSHKEEP_ORACLE_SEED") or SystemRandom().randrange(10**9))
"""A process has one; it is told with the figures, and SSHKEEP_ORACLE_SEED repeats it."""

FIXED_COUNT = 500
"""So many configs of the fixed seed have all there is to cover."""

FRESH_COUNT = 100
"""Few: each commit draws others. The command behind the figures asks for thousands."""

Record = Callable[[str, object], None]


@pytest.mark.parametrize("seed", ["fixed", "fresh"])
@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
@pytest.mark.parametrize("suite", SUITES)
def test_generated_configs(suite: str, kind: Kind, seed: str, record_property: Record) -> None:
    need("releases", "root", "mounts")
    release = release_of(suite)
    fixed = seed == "fixed"
    job = Job(release, kind, FIXED if fixed else FRESH, 0, FIXED_COUNT if fixed else FRESH_COUNT)
    result = run(job)
    told = "\n".join(report(result, kind, release))
    covered = result.coverage.summary(kind, release.target)
    record_property("figures", f"{seed} seed {job.seed}\n{told}\n{covered}")
    assert result.mismatches == 0, f"seed {job.seed}\n{told}"
    assert not fixed or list(result.coverage.missing(kind, release.target)) == []
    assert sum(result.outside.values()) < result.questions / 10, told


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
@pytest.mark.parametrize("suite", SUITES)
def test_the_table(suite: str, kind: Kind) -> None:
    need("releases", "root", "mounts")
    with judge_of(release_of(suite)) as judge:
        wrong = {case.name: found for case in TABLE[kind] if (found := judge.judge(kind, case).differences)}
    assert wrong == {}


@pytest.mark.parametrize("suite", SUITES)
def test_the_user_s_and_the_system_s_file(suite: str) -> None:
    need("releases", "root", "mounts")
    with judge_of(release_of(suite)) as judge:
        verdicts = {case.name: judge.judge("ssh_config", case) for case in BOTH_FILES}
    assert {name: verdict.differences for name, verdict in verdicts.items() if verdict.differences} == {}
    assert all(verdict.answers for verdict in verdicts.values())


def test_a_suite_that_is_gone_is_named(tmp_path: Path) -> None:
    need("releases", "pypi")
    with pytest.raises(CannotFetch, match=r"of Debian nosuch failed: .*nosuch.* Release"):
        fetch("nosuch", NEWEST, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_planted_fault_is_found_and_shrunk() -> None:
    need("releases", "root", "mounts")
    release = release_of("bookworm")
    with planted(FAULTS[0]):
        result = run(Job(release, "sshd_config", FIXED, 0, 100))
        with judge_of(release) as judge:
            found = [smallest(mismatch, "sshd_config", judge) for mismatch in result.examples.values()]
    assert result.mismatches > 0
    assert any(mismatch.case.config.count("\n") <= 1 and not mismatch.case.files for mismatch in found)


@pytest.mark.parametrize("suite", SUITES if os.environ.get("SSHKEEP_CORPUS") else [])
def test_corpus(suite: str, record_property: Record) -> None:
    need("releases", "root", "mounts")
    release = release_of(suite)
    results, skipped = compare_corpus(release)
    told = "\n".join(
        [line for kind, result in results.items() for line in report(result, kind, release)] + skipped
    )
    record_property("figures", f"corpus\n{told}")
    assert sum(result.mismatches for result in results.values()) == 0, told
    assert sum(result.configs for result in results.values()) + len(skipped) == len(list(corpus()))
