"""The command on one small module; whole parts take too long for every run of the tests."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from tests.mutation.mutants import Mutant, read_results
from tests.mutation.parts import PARTS, part_of_module
from tests.mutation.scratch import without_decorators
from tests.program import ROOT

MODULE = "sshkeep/openssh/values/tilde.py"


def test_one_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation", MODULE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert (done.returncode, done.stderr) == (0, "")
    header, row, *survivors = done.stdout.splitlines()
    assert header.split() == ["part", "mutants", "killed", "timed", "out", "score"]
    name, mutants, killed, timed_out, score, percent = row.split()
    assert (name, percent) == (MODULE, "%")
    assert int(mutants) > 20
    assert float(score) >= 90
    assert len([line for line in survivors if line.endswith("(survived)")]) == int(mutants) - int(
        killed
    ) - int(timed_out)


def test_an_unknown_part() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "rules"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "rules is none of values, precedence, edit, proof" in done.stderr


def test_parts_and_their_tests_exist() -> None:
    assert [name for name in PARTS if not (ROOT / PARTS[name].folder).is_dir()] == []
    assert [path for part in PARTS.values() for path in part.tests if not (ROOT / path).is_dir()] == []
    part = part_of_module(MODULE)
    assert part is not None and (part.folder, part.tests) == (MODULE, PARTS["values"].tests)
    assert part_of_module("sshkeep/openssh/releases.py") is None


DECORATED = '''
from functools import cache, wraps

def twice(factor):
    def apply(function):
        @wraps(function)
        def call(*arguments):
            return factor * function(*arguments)
        return call
    return apply

@cache
@twice(
    2,
)
def one():
    """One."""
    return 1

class Box:
    @property
    def size(self):
        return one() + 1

    @staticmethod
    def name():
        return "box"
AFTER = one()
'''


def test_decorators_are_called_behind_the_functions() -> None:
    source = without_decorators(DECORATED)
    assert [line for line in source.splitlines() if line.lstrip().startswith("@")] == [
        "        @wraps(function)",
        "    @staticmethod",
    ]
    made: dict[str, Any] = {}
    exec(source, made)
    assert (made["AFTER"], made["Box"]().size, made["Box"].name()) == (2, 3, "box")


@pytest.mark.parametrize(
    ("line", "mutant"),
    [
        ("a.b.x_f__mutmut_1: killed", Mutant("a.b.x_f__mutmut_1", "a.b", "f", "killed")),
        ("a.x__f__mutmut_12: no tests", Mutant("a.x__f__mutmut_12", "a", "_f", "no tests")),
        ("a.xǁBoxǁsize__mutmut_3: survived", Mutant("a.xǁBoxǁsize__mutmut_3", "a", "Box.size", "survived")),
        ("a.xǁBoxǁ__init____mutmut_3: timeout", Mutant("a.xǁBoxǁ__init____mutmut_3", "a", "Box.__init__", "timeout")),
    ],
)  # fmt: skip
def test_results(line: str, mutant: Mutant) -> None:
    assert read_results(f"    {line}\n") == [mutant]
    assert mutant.survived is (mutant.status in ("survived", "no tests"))
    assert mutant.timed_out is (mutant.status == "timeout")
