"""Show and run the commands that make sshd read its files again, or start it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from shlex import join
from typing import IO, Literal

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple

PROGRAM_DIRECTORIES = ("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/sbin")
"""Where programs are searched; PATH, which the caller controls, does not count."""

RELOAD_TIME_LIMIT = 60
"""Seconds after which a command counts as failed."""

MAX_OUTPUT_BYTES = 64 * 1024

Argv = tuple[str, ...]


class ReloadCommand(NamedTuple):
    """The commands, one after the other; ``why`` is a note on them for the user.

    Without commands either nothing is ``needed``, or sshkeep knows no command.
    """

    commands: tuple[Argv, ...]
    why: str = ""
    needed: bool = True
    start: tuple[Argv, ...] = ()
    """What starts sshd where none runs; empty where that is not known."""
    listener: Literal["sshd", "systemd", "launchd"] = "sshd"
    """Who listens. systemd and launchd start an sshd for the next connection."""
    follows_config: bool = True
    """Whether the listener is where sshd_config says."""
    listener_ports: frozenset[int] = frozenset()
    """Of systemd's socket: the ports that its unit names."""
    by_signal: bool = False
    """Whether the command only shows the SIGHUP that sshkeep itself sends, to the right process."""

    @property
    def shown(self) -> str:
        """For the user's shell; with ``sudo`` where it was used for sshkeep, or is needed."""
        sudo = sys.platform != "win32" and (os.geteuid() != 0 or "SUDO_UID" in os.environ)
        return " && ".join(("sudo " if sudo else "") + join(command) for command in self.commands)


def run_commands(commands: Sequence[Argv]) -> None:
    """Run them one after the other. Raises SshkeepError, with the last line that a failing command prints."""
    for command in commands:
        _run(command)


def run_start(commands: Sequence[Argv]) -> None:
    """Run them all; only the last one, which starts sshd, has to succeed. Raises as `run_commands`."""
    for command in commands[:-1]:
        with suppress(SshkeepError):
            _run(command)
    run_commands(commands[-1:])


def answer_of(command: Argv) -> str:
    """What a command prints, whatever its exit code; empty where it can't be run."""
    with suppress(SshkeepError):
        return _output(command)[1].strip()
    return ""


def _run(command: Argv) -> None:
    code, output = _output(command)
    if code:
        lines = output.strip().splitlines()
        raise _failed(command, lines[-1] if lines else f"exit code {code}")


def _output(command: Argv) -> tuple[int, str]:
    """The exit code, and what it prints. Raises SshkeepError where it can't be run."""
    from subprocess import DEVNULL, STDOUT, SubprocessError
    from subprocess import run as run_process

    try:
        with _buffer() as output:  # a pipe would stay open in a daemon that the command starts
            done = run_process(
                [_absolute(command[0]), *command[1:]],
                stdin=DEVNULL,
                stdout=output,
                stderr=STDOUT,
                env={"PATH": ":".join(PROGRAM_DIRECTORIES), "LC_ALL": "C"},
                cwd="/",
                start_new_session=True,
                timeout=RELOAD_TIME_LIMIT,
                check=False,
            )
            output.seek(0)
            return done.returncode, output.read(MAX_OUTPUT_BYTES).decode("utf-8", "replace")
    except (OSError, SubprocessError) as error:
        strerror = getattr(error, "strerror", None)
        raise _failed(command, strerror or f"no answer within {RELOAD_TIME_LIMIT} s") from None


def _buffer() -> IO[bytes]:
    """A file in memory, where the system has such: the disk may be full."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("output"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


def _absolute(name: str) -> str:
    paths = (name,) if os.path.isabs(name) else tuple(f"{folder}/{name}" for folder in PROGRAM_DIRECTORIES)
    found = next((path for path in paths if os.access(path, os.X_OK)), None)
    if found is None:
        raise FileNotFoundError(2, f"{name} does not exist")
    return found


def _failed(command: Argv, why: str) -> SshkeepError:
    return SshkeepError(f"`{join(command)}` failed: {why}")
