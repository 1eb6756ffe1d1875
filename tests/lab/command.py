"""sshkeep's command line in this process: to start Python once per set-up would take as long as the lab itself."""

from functools import lru_cache
from pathlib import Path

from typer.testing import CliRunner

from sshkeep.cli.typer_app import app, register
from tests.program import Done


def in_process(*arguments: str | float | Path) -> Done:
    """``sshkeep`` with these arguments, files as absolute paths."""
    _register()
    done = CliRunner().invoke(app, list(map(str, arguments)))
    return Done(done.exit_code, done.stdout, done.stderr)


@lru_cache(maxsize=1)
def _register() -> None:
    register(["idle", "set"])
