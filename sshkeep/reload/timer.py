"""The process that undoes a change on trial: ``python -m sshkeep.reload.timer SECONDS``.

It detaches itself and waits.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType

from sshkeep.reload.trial import UndoRecord, roll_back, undo_record
from sshkeep.state.directory import state_directory
from sshkeep.state.trial_marker import Trial, running_trial


class _Terminated(Exception):
    """The machine goes down."""


def run_timer(arguments: list[str], undo_record: UndoRecord) -> None:
    """Return as soon as the timer is sure to run; the detached process returns at its end.

    All that it needs is imported before.
    """
    (seconds,) = arguments
    trial = _running()
    if trial is None or _detach():
        return
    _wait(float(seconds))
    if _running() == trial:  # else the user confirmed it, and another one began
        roll_back(undo_record)


def _running() -> Trial | None:
    with state_directory(lock=False) as directory:
        return running_trial(directory)


def _detach() -> bool:
    """Whether this is the first process. The other one goes on, in a session without a terminal.

    The first process is the leader of a session; its child can never get a terminal.
    """
    if os.fork():
        return True
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.chdir("/")
    return False


def _wait(seconds: float) -> None:
    """Until then, or until the machine goes down: an unconfirmed change must not survive a boot."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        time.sleep(seconds)
    except _Terminated:
        return
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated


if __name__ == "__main__":
    run_timer(sys.argv[1:], undo_record)
