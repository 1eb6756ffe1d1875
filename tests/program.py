"""Runs sshkeep as its users do: a process with arguments, output and an exit code."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

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


def call(*arguments: str | Path) -> Done:
    """The same within this process and its working directory, for what takes many runs."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = _command_line().main([*map(str, arguments)], prog_name="sshkeep", standalone_mode=False)
    return Done(code, out.getvalue(), err.getvalue())


@cache
def _command_line() -> Any:
    """Built once: that takes longer than a small config."""
    # Imported here: CI fetches what the tests need before it has an environment.
    import typer

    from sshkeep.cli.declarations import COMMAND_NAMES
    from sshkeep.cli.typer_app import app, register

    register(COMMAND_NAMES)
    return typer.main.get_command(app)
