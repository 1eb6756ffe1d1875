"""The process that undoes a change on trial: ``python -m sshkeep.reload.timer SECONDS``.

It detaches itself and waits. It knows the change by heart, should the records be damaged meanwhile.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from types import FrameType

from sshkeep.errors import SshkeepError
from sshkeep.reload.reload_command import answer_of
from sshkeep.reload.reload_sshd import Seen
from sshkeep.reload.running_sshd import find_running_sshd
from sshkeep.reload.systemd import SYSTEMD_RUNS
from sshkeep.reload.trial import (
    THIS_MACHINE,
    TrialEnd,
    is_marked_as_ended,
    take_back_from_memory,
    take_back_trial,
)
from sshkeep.state.directory import hold_lock, state_directory
from sshkeep.state.record import Record
from sshkeep.state.record_store import load_record, record_files
from sshkeep.state.trial_marker import TIMER_LOCK, Trial, running_trial
from sshkeep.system.held_directory import HeldDirectory

CHECK_SECONDS = 1
"""Seconds between two looks whether another process has ended the trial."""
SHUTDOWN_SECONDS = 10
"""After these a shutdown without systemd kills what still lives (Debian's /etc/init.d/sendsigs)."""
CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Linux has one that goes on while the machine sleeps."""
GOING_DOWN = Seen(("the machine was going down, so sshd was not reloaded",))


class _Terminated(Exception):
    """The machine goes down, or a user ends the timer."""


def run_timer(arguments: list[str], end: TrialEnd) -> None:
    """Return as soon as the timer is sure to run; the detached process returns at its end.

    All that it needs is imported before.
    """
    (seconds,) = arguments
    with state_directory(lock=False) as directory:
        trial = running_trial(directory)
        if trial is None:
            return
        record = _stored_record(directory, trial)
        # This process waits for a timer that is about to end. Both processes hold the lock.
        with hold_lock(directory, TIMER_LOCK, wait=True):
            if _detach():
                return
            terminated = _wait(directory, trial, float(seconds))
            if terminated is not None:
                _end(trial, record, _at_shutdown(end) if terminated else end)


def _stored_record(directory: HeldDirectory, trial: Trial) -> Record | None:
    """The record; the process that is about to write its files has the lock."""
    with suppress(SshkeepError):
        for file in record_files(directory):
            if str(file.number) == trial.record:
                return load_record(directory, file)
    return None


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


def _wait(directory: HeldDirectory, trial: Trial, seconds: float) -> bool | None:
    """Until then, or until SIGTERM (True): an unconfirmed change must not survive a boot.

    None where another process has ended the trial.
    """
    deadline = time.clock_gettime(CLOCK) + seconds
    signal.signal(signal.SIGTERM, _terminate)
    try:
        while (rest := deadline - time.clock_gettime(CLOCK)) > 0:
            time.sleep(min(rest, CHECK_SECONDS))
            with suppress(SshkeepError):  # damaged: see _end
                if is_marked_as_ended(directory, trial):
                    return None
    except _Terminated:
        return True
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return False


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated


def _end(trial: Trial, record: Record | None, end: TrialEnd) -> None:
    """Take the change back, whatever has become of the state directory."""
    try:
        if take_back_trial(end, only=trial, record=record) is None:
            take_back_from_memory(trial, record, end)
    except SshkeepError:
        try:
            take_back_from_memory(trial, record, end)
        except SshkeepError:  # nothing can be stored, and nobody would read it
            with suppress(SshkeepError):
                end.restore_files(trial, record)
                end.bring_back(trial)


def _at_shutdown(end: TrialEnd) -> TrialEnd:
    """The same end, which does not hold a shutdown up: the next boot starts sshd with the old files."""

    def bring_back(trial: Trial) -> Seen:
        # A reload is a job of systemd's, which has it wait for the shutdown's own jobs.
        if os.path.isdir(SYSTEMD_RUNS):
            stopping = answer_of(("systemctl", "is-system-running")) == "stopping"
            return GOING_DOWN if stopping else end.bring_back(trial)
        if find_running_sshd() is None:
            time.sleep(SHUTDOWN_SECONDS)
        return end.bring_back(trial)

    return end._replace(bring_back=bring_back)


if __name__ == "__main__":
    run_timer(sys.argv[1:], THIS_MACHINE)
