"""Whole processes, measured by the kernel, and each in its turn so that drift hits all alike."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from statistics import median
from typing import NamedTuple

Commands = dict[str, list[str]]


class Run(NamedTuple):
    """One finished process with the children it waited for: seconds, megabytes, its last output."""

    cpu: float
    wall: float
    peak: float
    out: str
    err: str


Runs = dict[str, list[Run]]


def in_turn(commands: Commands, runs: int) -> Runs:
    """A B C A B C ..., after a round that is not counted and fills the disk's cache."""
    rounds = [{name: run_once(argv) for name, argv in commands.items()} for _ in range(runs + 1)]
    return {name: [each[name] for each in rounds[1:]] for name in commands}


def run_once(argv: list[str], codes: Collection[int] = (0, 1)) -> Run:
    """One process. Raises RuntimeError for another exit code than these: the peer has 2 for grave findings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [(os.POSIX_SPAWN_OPEN, number, name, flags, 0o600) for number, name in ((1, "out"), (2, "err"))]
    begin = time.perf_counter()
    child = os.posix_spawn(argv[0], argv, environment, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    out, err = _tail("out"), _tail("err")
    code = os.waitstatus_to_exitcode(status)
    if code not in ((0, 1, 2) if argv[0].endswith("sshd-lint") else codes):
        raise RuntimeError(f"{' '.join(argv)[:200]}: exit code {code}: {err or out}")
    return Run(usage.ru_utime + usage.ru_stime, wall, megabytes(usage.ru_maxrss), out, err)


def _tail(name: str) -> str:
    """The end only: exec hands this process's peak on, so what it holds shows in its children's."""
    with open(name, "rb") as stream:
        stream.seek(max(os.path.getsize(name) - 4096, 0))
        return stream.read().decode("utf-8", "replace").strip()


def megabytes(maxrss: int) -> float:
    """A peak as the kernel counts it: in bytes on macOS, else in KiB."""
    return maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def cpu(runs: Sequence[Run]) -> float:
    """The median of the CPU seconds."""
    return median(run.cpu for run in runs)


def table(measured: Runs) -> Iterator[str]:
    """Lines: median, least and greatest of each figure."""
    width = max(map(len, measured)) + 2
    yield " " * width + "".join(f"{title:<27}" for title in ("CPU s", "wall s", "peak MB"))
    yield " " * width + "".join(f"{title:<9}" for title in ("median", "min", "max") * 3)
    for name, runs in measured.items():
        columns = list(zip(*(run[:3] for run in runs), strict=True))
        figures = [figure for column in columns for figure in (median(column), min(column), max(column))]
        cells = (f"{figure:<9.{3 if at < 6 else 1}f}" for at, figure in enumerate(figures))
        yield f"{name:<{width}}{''.join(cells)}"
