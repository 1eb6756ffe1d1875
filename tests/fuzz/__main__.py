"""Fuzzes each target for its share of the minutes, beginning with the inputs in tests/fuzz/corpus."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from typing import NamedTuple

from tests.fuzz.targets import TARGETS

CORPUS = os.path.join(os.path.dirname(__file__), "corpus")
SLOW = 10
"""Seconds that no input of a few kilobytes may take."""


class Fuzzed(NamedTuple):
    """How one target fared: inputs, those that cover more code, the exit code and the last lines."""

    target: str
    inputs: int
    covered: int
    code: int
    said: str


def fuzz(target: str, seconds: int, seed: int, kept: str) -> Fuzzed:
    """One target in a process of its own; inputs that cover more code, crash or hang are left in ``kept``."""
    found = os.path.join(kept, target)
    os.makedirs(found, exist_ok=True)
    options = [f"-max_total_time={seconds}", f"-seed={seed}", f"-timeout={SLOW}", "-rss_limit_mb=2048"]
    options += ["-max_len=4096", "-print_final_stats=1", f"-artifact_prefix={found}-"]
    command = [sys.executable, "-m", "tests.fuzz.one", target, *options, found, os.path.join(CORPUS, target)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    said = done.stderr + done.stdout
    return Fuzzed(
        target, _stat("number_of_executed_units", said), len(os.listdir(found)), done.returncode, said
    )


def _stat(name: str, said: str) -> int:
    found = re.search(rf"stat::{name}:\s*([0-9]+)", said)
    return int(found[1]) if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"only these: {', '.join(TARGETS)}")
    parser.add_argument("--minutes", type=float, default=2, help="for all targets together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", metavar="DIR", help="keep what is found there")
    asked = parser.parse_args()
    targets = asked.targets or list(TARGETS)
    if unknown := [name for name in targets if name not in TARGETS]:
        parser.error(f"there is no target {', '.join(unknown)}")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in targets:
            seconds = max(int(asked.minutes * 60 / len(targets)), 1)
            ran = fuzz(name, seconds, asked.seed, asked.keep or folder)
            print(
                f"{name:<12}{ran.inputs:>10,} inputs, {ran.covered:>5} cover more code, exit {ran.code}",
                flush=True,
            )
            if ran.code:
                failed += 1
                print(ran.said[-4000:], flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
