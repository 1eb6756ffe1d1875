"""The targets take their seeds; with atheris they are fuzzed for two minutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, run_target
from tests.program import ROOT
from tests.requirements import need

CORPUS = Path(__file__).parent / "corpus"
SEEDS = [(path.parent.name, path) for path in sorted(CORPUS.glob("*/*"))]
MINUTES = "2"


def test_every_target_has_seeds() -> None:
    assert {name for name, _ in SEEDS} == set(TARGETS)


@pytest.mark.parametrize(("target", "seed"), SEEDS, ids=lambda value: getattr(value, "name", value))
def test_a_seed_is_accepted_unless_it_is_bad(target: str, seed: Path) -> None:
    assert run_target(target, seed.read_bytes()) is not seed.name.startswith("bad")


def test_two_minutes_of_fuzzing_find_nothing() -> None:
    need("fuzz")
    command = [sys.executable, "-m", "tests.fuzz", "--minutes", MINUTES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
