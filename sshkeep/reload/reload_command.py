"""Show and run the commands that make sshd read its files again."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from shlex import join
from typing import NamedTuple

from sshkeep.errors import SshkeepError

PROGRAM_DIRECTORIES = ("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/sbin")
"""Where programs are searched; PATH, which the caller controls, does not count."""

RELOAD_TIME_LIMIT = 60
"""Seconds after which a command counts as failed."""

Argv = tuple[str, ...]


class ReloadCommand(NamedTuple):
    """The commands, one after the other; ``why`` is a note on them for the user.

    Without commands either nothing is ``needed``, or sshkeep knows no command.
    """

    commands: tuple[Argv, ...]
    why: str = ""
    needed: bool = True

    @property
    def shown(self) -> str:
        """For the user's shell; with ``sudo`` where it was used for sshkeep, or is needed."""
        sudo = sys.platform != "win32" and (os.geteuid() != 0 or "SUDO_UID" in os.environ)
        return " && ".join(("sudo " if sudo else "") + join(command) for command in self.commands)


def run_reload(reload: ReloadCommand) -> None:
    """Run the commands. Raises SshkeepError, with the last line that a failing command prints."""
    if not reload.commands and reload.needed:
        raise SshkeepError(f"sshd was not reloaded: {reload.why}")
    run_commands(reload.commands)


def run_commands(commands: Sequence[Argv]) -> None:
    """Run them one after the other. Raises SshkeepError as `run_reload`."""
    for command in commands:
        _run(command)


def _run(command: Argv) -> None:
    from subprocess import DEVNULL, PIPE, STDOUT, SubprocessError
    from subprocess import run as run_process

    try:
        done = run_process(
            [_absolute(command[0]), *command[1:]],
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            env={"PATH": ":".join(PROGRAM_DIRECTORIES), "LC_ALL": "C"},
            cwd="/",
            start_new_session=True,
            timeout=RELOAD_TIME_LIMIT,
            check=False,
        )
    except (OSError, SubprocessError) as error:
        strerror = getattr(error, "strerror", None)
        raise _failed(command, strerror or f"no answer within {RELOAD_TIME_LIMIT} s") from None
    if done.returncode:
        lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
        raise _failed(command, lines[-1] if lines else f"exit code {done.returncode}")


def _absolute(name: str) -> str:
    paths = (name,) if os.path.isabs(name) else tuple(f"{folder}/{name}" for folder in PROGRAM_DIRECTORIES)
    found = next((path for path in paths if os.access(path, os.X_OK)), None)
    if found is None:
        raise FileNotFoundError(2, f"{name} is not there")
    return found


def _failed(command: Argv, why: str) -> SshkeepError:
    return SshkeepError(f"sshd was not reloaded: `{join(command)}` failed: {why}")
