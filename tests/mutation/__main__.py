"""Mutates parts of sshkeep and runs their tests. The score is the share of mutants for which a test fails."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.mutation.mutants import Mutant, MutmutFailed, changes, run_mutants
from tests.mutation.parts import PARTS, Part, part_of_module
from tests.mutation.scratch import lay_out
from tests.program import ROOT

WANTED = 0.90
ROW = "{:<44}{:>8}{:>8}{:>10}{:>8}"


def score_part(name: str, part: Part, jobs: int) -> tuple[float, str]:
    """The score, and the row of the table with the survivors below it. Raises MutmutFailed."""
    with tempfile.TemporaryDirectory(prefix="sshkeep-mutation-") as scratch:
        folder = Path(scratch)
        lay_out(part, folder)
        mutants = run_mutants(folder, jobs)
        survivors = [mutant for mutant in mutants if mutant.survived]
        text = "\n".join([_row(name, mutants), *_described(survivors, changes(folder, survivors))])
    return score(mutants), text


def score(mutants: list[Mutant]) -> float:
    """The share that was killed or timed out; 1 where there is nothing to mutate."""
    return sum(not mutant.survived for mutant in mutants) / len(mutants) if mutants else 1.0


def _row(name: str, mutants: list[Mutant]) -> str:
    survived = sum(mutant.survived for mutant in mutants)
    timed_out = sum(mutant.timed_out for mutant in mutants)
    killed = len(mutants) - survived - timed_out
    return ROW.format(name, len(mutants), killed, timed_out, f"{100 * score(mutants):.1f} %")


def _described(survivors: list[Mutant], diffs: dict[str, str]) -> list[str]:
    lines = []
    for mutant in survivors:
        lines.append(f"    {mutant.module} {mutant.function} ({mutant.status})")
        lines += [f"        {line}" for line in diffs[mutant.name].splitlines()]
    return lines


def _part(name: str, parser: argparse.ArgumentParser) -> Part:
    part = PARTS.get(name) or part_of_module(name)
    if part is None or not (ROOT / part.folder).exists():
        parser.error(f"{name} is none of {', '.join(PARTS)}, and no module of theirs")
    return part


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}, or the path of one of their modules"
    )
    parser.add_argument("--jobs", type=int, default=1, help="mutants at a time")
    asked = parser.parse_args()
    parts = {name: _part(name, parser) for name in asked.parts or PARTS}
    print(ROW.format("part", "mutants", "killed", "timed out", "score"), flush=True)
    worst = 1.0
    for name, part in parts.items():
        try:
            reached, text = score_part(name, part, asked.jobs)
        except MutmutFailed as failure:
            print(f"{name}: mutmut failed\n{failure}", file=sys.stderr)
            return 2
        print(text, flush=True)
        worst = min(worst, reached)
    return 0 if worst >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
