"""Nothing of the lab outlives the process that ordered it, whatever becomes of that."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import ROOT
from tests.requirements import need

LONG = "from tests.lab import run, setups; run.run_lab([setups.SetUp(watch=100)])"


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left(ends: signal.Signals) -> None:
    need("openssh", "netns")
    mark = f"SSHKEEP_LAB={uuid.uuid4()}"
    name, _, value = mark.partition("=")
    mounted = _mounted()
    process = subprocess.Popen(
        [sys.executable, "-c", LONG],
        cwd=ROOT,
        env={**os.environ, name: value},
        stderr=subprocess.DEVNULL,
        preexec_fn=_heeds_interrupts,
    )
    try:
        _wait_for(lambda: {"ssh", "sshd", "unshare"} <= _programs(mark))
        process.send_signal(ends)
        _wait_for(lambda: not _programs(mark))
    finally:
        process.kill()
        process.wait()
    assert _mounted() == mounted


def _heeds_interrupts() -> None:
    """A shell lets what it starts in the background ignore them, and that is handed on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _mounted() -> list[str]:
    return Path("/proc/self/mounts").read_text().splitlines()


def _programs(mark: str) -> set[str]:
    """The names of the processes with ``mark`` in their environment, and of all in their namespaces.

    sshd writes its title over its environment.
    """
    processes = [process for process in map(_process, Path("/proc").glob("[0-9]*")) if process]
    own = os.readlink("/proc/self/ns/pid")
    marked = {namespace for _, namespace, environment in processes if mark in environment}
    return {
        name
        for name, namespace, environment in processes
        if mark in environment or namespace in marked - {own}
    }


def _process(folder: Path) -> tuple[str, str, list[str]] | None:
    try:
        environment = (folder / "environ").read_text(errors="replace").split("\0")
        return (folder / "comm").read_text().strip(), os.readlink(folder / "ns/pid"), environment
    except OSError:
        return None


def _wait_for(happened: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.1)
