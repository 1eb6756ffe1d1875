"""Twice the input takes at most about twice the steps, for every shape of `tests.bench.shapes`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from tests.bench.shapes import SHAPES, Shape, commands
from tests.bench.steps import steps
from tests.program import call

SIZES = (50, 100, 200)
MOST = 2.2
"""A sort of twice as many takes a little more than twice the steps; 4 is what is quadratic."""
FEW = 2_000
"""Steps that do not grow with the input, and differ by chance: how a number is printed."""


@pytest.mark.skipif(sys.gettrace() is not None, reason="steps are counted where nothing else traces")
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_twice_the_input_takes_twice_the_steps(shape: Shape, tmp_path: Path) -> None:
    found: dict[str, list[int]] = {}
    for size in (SIZES[0], *SIZES):  # the first call of its kind imports what it needs
        path = tmp_path / str(size) / shape.kind
        path.parent.mkdir(exist_ok=True)
        path.write_text(shape.text(size))
        for command, argv in commands(shape, str(path)):
            found.setdefault(command, []).append(steps(partial(call, *argv)))
    grown = {name: (large - mid) / max(mid - small, FEW) for name, (_, small, mid, large) in found.items()}
    assert {name: round(factor, 2) for name, factor in grown.items() if factor > MOST} == {}, found
