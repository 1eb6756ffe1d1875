"""Scenarios by hand: python -m tests.trial [PART OF A NAME]    prints what was run, answered and seen in each.

Needs what `tests.requirements` calls systemd. Exit 1: one of them failed.
"""

import sys
from importlib import import_module
from pathlib import Path

from tests.trial.scenario import SCENARIOS, run_all


def main(part: str) -> int:
    for module in sorted(Path(__file__).parent.glob("test_*.py")):
        import_module(f"tests.trial.{module.stem}")
    outcomes = run_all([each for name, each in SCENARIOS.items() if part in name])
    for name, (ended, text) in outcomes.items():
        print(f"{name}: {ended}\n\n{text}\n")
    failed = sum(outcome.ended != "passed" for outcome in outcomes.values())
    print(f"{len(outcomes)} scenarios, {failed} of them failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
