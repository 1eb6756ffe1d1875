"""The process that takes a change on trial back: ``python -m sshkeep.reload.timer FOLDER SECONDS``.

It detaches itself and waits.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType

from sshkeep.reload.trial import UndoRecord, roll_back
from sshkeep.state.trial_marker import running_trial


class _Woken(Exception):
    """The machine goes down."""


def main(arguments: list[str], undo_record: UndoRecord) -> None:
    """Ends with 0 as soon as the timer is sure to run. All it needs is loaded before that."""
    folder, seconds = arguments
    trial = running_trial(folder)
    if trial is None or _detached():
        return
    _wait(float(seconds))
    if running_trial(folder) == trial:  # else it was confirmed, and another one begun
        roll_back(folder, undo_record)


def _detached() -> bool:
    """Whether this is the process that was asked; the other one goes on, in a session of nobody's.

    It was started as the leader of a session; its child can never get a terminal.
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
    """Until then, or until the machine goes down: what nobody confirmed shall not be there after a boot."""
    signal.signal(signal.SIGTERM, _wake)
    try:
        time.sleep(seconds)
    except _Woken:
        return
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _wake(number: int, frame: FrameType | None) -> None:
    raise _Woken


if __name__ == "__main__":
    from sshkeep.reload.undo_record import undo_record

    main(sys.argv[1:], undo_record)
