"""Runs sshkeep as its users do: a process with arguments, output and an exit code."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Done(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", columns: int = 100) -> Done:
    """``sshkeep`` with these arguments; colours are off as for any pipe."""
    environment = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR")}
    done = subprocess.run(
        [sys.executable, "-m", "sshkeep", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**environment, "COLUMNS": str(columns), "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
