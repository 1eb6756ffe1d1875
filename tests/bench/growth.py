"""CPU seconds and memory of every shape and command, for a size and its double."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from tests.bench.measure import Run, run_once
from tests.bench.shapes import SHAPES, Shape, commands

START = ["lint", "/dev/null/nothing"]
MOST = 2.2
CODES = (0, 1, 2)
"""A config that OpenSSH refuses, or one that is too large, is measured, too."""


def growth_lines(program: list[str], folder: str, only: str = "") -> Iterator[str]:
    """A line for each shape and command; ``only`` is in the name of the shapes that are measured."""
    start = run_once([*program, *START], CODES).cpu
    yield f"{'shape':<28}{'command':<17}{'n':>8}{'CPU s, n':>10}{'2n':>8}{'factor':>8}{'peak MB':>9}"
    for shape in SHAPES:
        if only in shape.name:
            yield from _of_shape(shape, program, folder, start)


def _of_shape(shape: Shape, program: list[str], folder: str, start: float) -> Iterator[str]:
    paths = [_written(shape, size, folder) for size in (shape.size, 2 * shape.size)]
    for (name, small), (_, large) in zip(*(commands(shape, path) for path in paths), strict=True):
        runs = [run_once([*program, *arguments], CODES) for arguments in (small, large)]
        yield _line(shape, name, runs, start)


def _line(shape: Shape, command: str, runs: Iterable[Run], start: float) -> str:
    less, more = runs
    # What starting takes grows with nothing; of a call that takes little else, chance is all there is.
    factor = (more.cpu - start) / max(less.cpu - start, 0.2)
    mark = "  more than wanted" if factor > MOST else ""
    figures = f"{shape.size:>8,}{less.cpu:>10.2f}{more.cpu:>8.2f}{factor:>8.1f}{more.peak:>9.0f}"
    return f"{shape.name:<28}{command:<17}{figures}{mark}"


def _written(shape: Shape, size: int, folder: str) -> str:
    path = os.path.join(folder, str(size), shape.kind)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(shape.text(size))
    return path
