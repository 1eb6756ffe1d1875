"""Share work among processes, each a copy of this one; the results come in the order of the work."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Generator, Sequence
from typing import Any, BinaryIO, NoReturn, TypeVar

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple

Result = TypeVar("Result")


class _Worker(NamedTuple):
    pid: int
    results: BinaryIO


def can_share_work() -> bool:
    """Whether this system copies a process with all that it knows; Windows does not."""
    return hasattr(os, "fork")


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shared_work(work: Callable[[int], Result], count: int, processes: int) -> Generator[Result, None, None]:
    """``work(0)`` to ``work(count - 1)``. Close it, so that no process is left, whatever happens.

    What raises an exception in a worker is done again by this process, where it is raised as it is.
    Raises SshkeepError where a worker ends before its work is done.
    """
    gc.freeze()  # the workers share what there is, as long as nobody looks for garbage among it
    workers: list[_Worker] = []
    try:
        for first in range(processes):
            workers.append(_start(work, range(first, count, processes), workers))
        for number in range(count):
            worker = workers[number % processes]
            answer = _next_answer(worker)
            if answer is None:
                workers.remove(worker)
                raise _ended_early(worker)
            done, result = answer
            yield result if done else work(number)
    finally:
        for worker in workers:
            worker.results.close()
            os.kill(worker.pid, signal.SIGKILL)
            os.waitpid(worker.pid, 0)


def _start(work: Callable[[int], object], numbers: range, others: Sequence[_Worker]) -> _Worker:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        for other in others:  # else it would not notice that nobody reads its results any more
            os.close(other.results.fileno())
        _do(work, numbers, writing)
    os.close(writing)
    return _Worker(pid, os.fdopen(reading, "rb"))


def _do(work: Callable[[int], object], numbers: range, writing: int) -> NoReturn:
    """What a worker does. It prints nothing, and leaves Ctrl-C to the process that it works for."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with os.fdopen(writing, "wb") as stream:
            for number in numbers:
                try:
                    answer = True, work(number)
                except Exception:
                    answer = False, None
                pickle.dump(answer, stream, pickle.HIGHEST_PROTOCOL)
                stream.flush()
    finally:
        os._exit(0)


def _next_answer(worker: _Worker) -> tuple[bool, Any] | None:
    """Whether a part of the work is done, and its result; None if the worker has ended."""
    try:
        return pickle.load(worker.results)  # type: ignore[no-any-return]
    except (EOFError, pickle.UnpicklingError):
        return None


def _ended_early(worker: _Worker) -> SshkeepError:
    worker.results.close()
    code = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
    how = f"was ended by signal {-code}" if code < 0 else "has ended"
    return SshkeepError(
        f"process {worker.pid}, which did a part of the work, {how}", "--jobs 1 does all in one process"
    )
