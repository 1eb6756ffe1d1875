"""Running OpenSSH's own programs: nothing inherited, nothing to wait for, little to read."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sshkeep.validate.result import CannotValidate

if TYPE_CHECKING:
    from subprocess import Popen

TIME_LIMIT = 10
"""After which a program is killed."""

MAX_STDERR = 16 * 1024
"""Bytes kept of what it says. The end counts: that is where it says why it gave up."""

MAX_FILES = 256
"""sshd closes every file that it might have inherited, one by one, up to this limit."""


class ProgramResult(NamedTuple):
    """The exit code, negative for a signal and None where time ran out; standard error."""

    code: int | None
    stderr: str


def run_program(command: Sequence[str], enter: Callable[[], None] | None = None) -> ProgramResult:
    """Run ``command``; ``enter`` is called in the new process first. Raises CannotAsk where that fails."""
    import resource
    from subprocess import DEVNULL, PIPE, Popen, SubprocessError

    def prepare() -> None:
        os.umask(0o077)
        if enter:
            enter()
        resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_FILES, MAX_FILES))

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
            return _answer(process, time.monotonic() + TIME_LIMIT)
        finally:
            _end(process)


def _answer(process: Popen[bytes], deadline: float) -> ProgramResult:
    assert process.stderr
    descriptor, said = process.stderr.fileno(), b""
    while (left := deadline - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            piece = os.read(descriptor, MAX_STDERR)
            if not piece:
                break
            said = (said + piece)[-MAX_STDERR:]
    text = said.decode("utf-8", "surrogateescape")
    return ProgramResult(_code(process, deadline), text)


def _code(process: Popen[bytes], deadline: float) -> int | None:
    from subprocess import TimeoutExpired

    try:
        return process.wait(max(deadline - time.monotonic(), 0))
    except TimeoutExpired:
        return None


def _end(process: Popen[bytes]) -> None:
    """Its whole session goes, too."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
