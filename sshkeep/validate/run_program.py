"""Run OpenSSH's own programs so that they inherit nothing, end in time, and print little."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sshkeep.named import NamedTuple
from sshkeep.validate.result import CannotValidate

if TYPE_CHECKING:
    from subprocess import Popen

PROGRAM_TIME_LIMIT = 10
"""Seconds after which a program is killed."""

MAX_STDERR = 16 * 1024
"""Bytes kept of standard error. The last ones count: they say why the program exits."""

MAX_DESCRIPTORS = 256
"""sshd closes every descriptor that it may have inherited, one by one, up to this limit."""


class ProgramResult(NamedTuple):
    """The exit code, negative for a signal and None after the time limit; standard error."""

    code: int | None
    stderr: str


def run_program(command: Sequence[str], enter: Callable[[], None] | None = None) -> ProgramResult:
    """Run ``command``; ``enter`` is called in the new process first.

    Raises CannotValidate where the process can't be started.
    """
    import resource
    from subprocess import DEVNULL, PIPE, Popen, SubprocessError

    def prepare() -> None:
        os.umask(0o077)
        if enter:
            enter()
        resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_DESCRIPTORS, MAX_DESCRIPTORS))

    try:
        process = Popen(
            command,
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
            env={},
            cwd="/",
            start_new_session=True,
            preexec_fn=prepare,
        )
    except (OSError, SubprocessError) as error:
        raise CannotValidate(f"{command[0]} can't be run") from error
    with process:
        try:
            return _result(process, time.monotonic() + PROGRAM_TIME_LIMIT)
        finally:
            _kill_session(process)


def _result(process: Popen[bytes], deadline: float) -> ProgramResult:
    assert process.stderr
    descriptor, stderr = process.stderr.fileno(), b""
    while (left := deadline - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            piece = os.read(descriptor, MAX_STDERR)
            if not piece:
                break
            stderr = (stderr + piece)[-MAX_STDERR:]
    text = stderr.decode("utf-8", "surrogateescape")
    return ProgramResult(_code(process, deadline), text)


def _code(process: Popen[bytes], deadline: float) -> int | None:
    from subprocess import TimeoutExpired

    try:
        return process.wait(max(deadline - time.monotonic(), 0))
    except TimeoutExpired:
        return None


def _kill_session(process: Popen[bytes]) -> None:
    """Kill the program with all processes that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
