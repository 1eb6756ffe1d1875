"""A long run as several processes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


def in_processes(work: Callable[[Job], Result], parts: Sequence[Job]) -> Iterator[Result]:
    """What ``work`` makes of each part, a process for each; one part is worked on here."""
    if len(parts) == 1:
        yield work(parts[0])
        return
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, parts)
