"""CPU seconds and memory of every shape and command, for a size and its double."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from tests.bench.measure import Run, run_once
from tests.bench.shapes import SHAPES, Shape, commands

START = ["lint", "/dev/null/nothing"]
MOST = 2.2
AGAIN = 3
"""How often a factor above `MOST` is measured again: a busy machine slows one run down, and not the other."""
CODES = (0, 1, 2)
"""A config that OpenSSH refuses, or one that is too large, is measured, too."""


def growth_lines(program: list[str], folder: str, only: str = "") -> Iterator[str]:
    """A line for each shape and command; ``only`` is in the name of the shapes that are measured."""
    start = min(run_once([*program, *START], CODES).cpu for _ in range(AGAIN))
    yield f"{'shape':<28}{'command':<17}{'n':>8}{'CPU s, n':>10}{'2n':>8}{'factor':>8}{'peak MB':>9}"
    for shape in SHAPES:
        if only in shape.name:
            yield from _of_shape(shape, program, folder, start)


def _of_shape(shape: Shape, program: list[str], folder: str, start: float) -> Iterator[str]:
    paths = [_written(shape, size, folder) for size in (shape.size, 2 * shape.size)]
    for (name, small), (_, large) in zip(*(commands(shape, path) for path in paths), strict=True):
        calls = [[*program, *arguments] for arguments in (small, large)]
        runs = [run_once(call, CODES) for call in calls]
        for _ in range(AGAIN):
            if _factor(runs, start) > MOST:
                again = [run_once(call, CODES) for call in calls]
                runs = [min(pair, key=lambda run: run.cpu) for pair in zip(runs, again, strict=True)]
        yield _line(shape, name, runs, start)


def _factor(runs: Sequence[Run], start: float) -> float:
    """What starting takes grows with nothing; of a call that takes little else, chance is all there is."""
    less, more = runs
    return (more.cpu - start) / max(less.cpu - start, 0.2)


def _line(shape: Shape, command: str, runs: Sequence[Run], start: float) -> str:
    less, more = runs
    factor = _factor(runs, start)
    mark = "  more than wanted" if factor > MOST else ""
    figures = f"{shape.size:>8,}{less.cpu:>10.2f}{more.cpu:>8.2f}{factor:>8.1f}{more.peak:>9.0f}"
    return f"{shape.name:<28}{command:<17}{figures}{mark}"


def _written(shape: Shape, size: int, folder: str) -> str:
    path = os.path.join(folder, str(size), shape.kind)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(shape.text(size))
    return path
