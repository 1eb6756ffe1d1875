"""Starts the lab: a process with namespaces of its own, so that nothing of it is left on this machine."""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Timer
from typing import IO

from tests.lab.inside import Order
from tests.lab.setups import SetUp
from tests.lab.watch import Seen
from tests.oracle.releases import release_of
from tests.program import ROOT

SECONDS = 170
"""After which the lab is ended."""

ENCLOSED = ("unshare", "--pid", "--fork", "--kill-child", "--mount", "--mount-proc", "--net")


class LabFailed(Exception):
    """The lab did not come to its end; the text is what it said."""


def run_lab(setups: Sequence[SetUp]) -> list[Seen]:
    """What was seen of each, all watched at the same time; raises LabFailed, and CannotFetch for a release."""
    names = {name for setup in setups for name in (setup.server_release, setup.client_release)}
    order = pickle.dumps(Order(setups, {name: release_of(name).root for name in names}))
    command = [*ENCLOSED, sys.executable, "-m", "tests.lab.inside"]
    with (
        TemporaryFile() as errors,
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        ) as process,
    ):
        late = Timer(SECONDS, process.kill)
        late.start()
        try:
            return _told(process, order, errors)
        finally:
            late.cancel()
            process.kill()


def _told(process: "subprocess.Popen[bytes]", order: bytes, errors: IO[bytes]) -> list[Seen]:
    """The lab ends when its input does, so that stays open."""
    assert process.stdin and process.stdout
    with suppress(BrokenPipeError):
        process.stdin.write(order)
        process.stdin.flush()
    answer = process.stdout.read()
    if process.wait():
        errors.seek(0)
        raise LabFailed(errors.read().decode(errors="replace").strip() or f"ended by {process.returncode}")
    seen: list[Seen] = pickle.loads(answer)
    return seen
