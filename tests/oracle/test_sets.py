"""``sshkeep set`` does what it says, and nothing else, as the sshd and ssh of four releases see it."""

from collections.abc import Callable

import pytest

from sshkeep.openssh.kind import Kind
from tests.oracle.releases import SUITES, release_of
from tests.oracle.sets.run import Job, Result, report, run
from tests.oracle.sets.writers import Writer, appended, idle, prepended
from tests.requirements import need

SEED = 20251124
CALLS = 40
"""For each release and language: 320 in all. ``python -m tests.oracle.sets`` makes thousands."""

DONE = 0.85
"""The least part of the plain calls that are carried out: what is refused proves nothing."""

NAIVE = 100
"""Calls for a writer that must fail."""

Record = Callable[[str, object], None]


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
@pytest.mark.parametrize("suite", SUITES)
def test_generated_calls(suite: str, kind: Kind, record_property: Record) -> None:
    need("releases", "root", "mounts")
    job = Job(release_of(suite), kind, SEED, 0, CALLS)
    result = run(job)
    told = "\n".join(report(result, job))
    record_property("figures", told)
    assert result.mismatches == 0, told
    assert result.calls.total() > CALLS * 0.8, told
    assert result.done("set everyone") >= DONE, told
    assert result.unchanged < result.calls.total() / 2, told


def _naive(kind: Kind, writer: Writer) -> Result:
    return run(Job(release_of("bookworm"), kind, SEED, 0, NAIVE, writer=writer))


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
@pytest.mark.parametrize("writer", [prepended, appended])
def test_a_line_at_either_end_of_the_file_is_found_to_be_wrong(writer: Writer, kind: Kind) -> None:
    """Without the second run, which such a writer never passes."""
    need("releases", "root", "mounts")
    result = _naive(kind, writer)
    assert "effect" in result.kinds(), result.categories
    assert result.calls["set everyone"] > 20


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
def test_a_writer_that_does_nothing_is_found_out(kind: Kind) -> None:
    need("releases", "root", "mounts")
    result = _naive(kind, idle)
    assert {"effect", "effect in the block"} <= result.kinds(), result.categories
