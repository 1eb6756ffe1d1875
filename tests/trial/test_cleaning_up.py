"""Nothing of a machine outlives the process that made it, whatever becomes of that."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import ROOT
from tests.requirements import need
from tests.trial.container import NAME, cgroups

LONG = """
import sys, time
from pathlib import Path
from tests.trial.container import Container
container = Container(Path(sys.argv[1]), "--boot", Path(sys.argv[1], "log"))
container.boot()
print(container.leader, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left(ends: signal.Signals, tmp_path: Path) -> None:
    need("systemd")
    mounted = Path("/proc/self/mounts").read_text()
    process = subprocess.Popen(
        [sys.executable, "-c", LONG, tmp_path],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=_heeds_interrupts,
    )
    try:
        assert process.stdout
        leader = int(process.stdout.readline())
        namespace = os.readlink(f"/proc/{leader}/ns/pid")
        _wait_for(lambda: len(_inside(namespace)) > 3)
        assert _cgroups(process.pid)
        process.send_signal(ends)
        _wait_for(lambda: not _inside(namespace) and not _cgroups(process.pid))
    finally:
        process.kill()
        process.communicate()
    assert Path("/proc/self/mounts").read_text() == mounted


def test_an_interrupted_run_ends_at_once() -> None:
    """Ctrl-C need not wait for what the machines are waiting for."""
    need("systemd")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.trial", "test_what_is_confirmed_stays"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_heeds_interrupts,
    )
    try:
        _wait_for(lambda: len(_cgroups(process.pid)) > 1, 60)
        process.send_signal(signal.SIGINT)
        process.wait(10)
        assert not _cgroups(process.pid)
    finally:
        process.kill()
        process.wait()


def _heeds_interrupts() -> None:
    """A shell lets what it starts in the background ignore them, and that is handed on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _inside(namespace: str) -> list[Path]:
    """The processes in this pid namespace."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(folder / "ns/pid") == namespace:
                found.append(folder)
        except OSError:
            continue
    return found


def _cgroups(process: int) -> list[Path]:
    return list(cgroups().glob(f"{NAME}-{process}-*"))


def _wait_for(happened: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)
