"""Work that is shared by processes: its results, an exception, and a process that ends."""

from __future__ import annotations

import os
import signal
from contextlib import closing

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.system.worker_processes import can_share_work, shared_work

pytestmark = pytest.mark.skipif(not can_share_work(), reason="this system copies no process")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are started: those of other tests may be there, too."""
    pids: list[int] = []
    fork = os.fork

    def recorded() -> int:
        pid = fork()
        pids.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", recorded)
    return pids


def assert_none_is_left(started: list[int]) -> None:
    assert len(started) == 2
    for pid in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


@pytest.mark.parametrize(("count", "processes"), [(0, 2), (1, 1), (1, 3), (7, 3), (200, 2)])
def test_the_results_come_in_order(count: int, processes: int) -> None:
    with closing(shared_work(lambda number: number * number, count, processes)) as results:
        assert list(results) == [number * number for number in range(count)]


def test_other_processes_do_it() -> None:
    with closing(shared_work(lambda number: os.getpid(), 6, 3)) as results:
        first = list(results)
    assert len(set(first)) == 3 and os.getpid() not in first
    assert first[:3] == first[3:]


def test_an_exception_is_that_of_the_work() -> None:
    with closing(shared_work(lambda number: 6 // (2 - number), 4, 2)) as results:
        assert next(results) == 3
        with pytest.raises(ZeroDivisionError):
            list(results)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "was ended by signal 9"),
        (lambda: os._exit(1), "has ended"),
    ],
)
def test_a_process_that_ends_is_said(end: object, said: str, started: list[int]) -> None:
    def work(number: int) -> int:
        if number == 3:
            end()  # type: ignore[operator]
        return number

    with closing(shared_work(work, 6, 2)) as results:
        assert [next(results) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(SshkeepError, match=f"which did a part of the work, {said}"):
            next(results)
    assert_none_is_left(started)


def test_no_process_outlives_a_caller_that_stops_early(started: list[int]) -> None:
    with closing(shared_work(lambda number: bytes(1_000_000), 100, 2)) as results:
        next(results)
    assert_none_is_left(started)
