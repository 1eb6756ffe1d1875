"""The change on trial: in effect now, and undone at a set time unless the user confirms it.

It is one file in the state directory: ``trial.json`` while the trial runs, ``trial-ending.json`` while it is
taken back, and ``trial-ended.json`` afterwards; it stays ``trial-ending.json`` as long as there is a problem
that the user has not seen. Renaming it needs no space on a full disk, and what became of the trial goes into
space that the first file has reserved.

`locked_trial` is held by whoever begins or ends a trial, and the lock of the timer for as long as that lives.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from sshkeep.errors import SshkeepError
from sshkeep.state.directory import hold_lock
from sshkeep.state.path import TRIAL_MARKS
from sshkeep.state.stored_json import NUMBER_OF_RECORD, StoredObject, stored_name
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.private_files import (
    create_private_file,
    overwrite_private_file,
    read_private_file,
    replace_private_file,
)

(RUNNING, ENDING), ENDED = TRIAL_MARKS, "trial-ended.json"
LOCK, TIMER_LOCK = "trial.lock", "trial-timer.lock"
RESERVED_BYTES = 16 * 1024
MAX_TRIAL_BYTES = 256 * 1024
GRACE = timedelta(minutes=1)
"""How late a timer may be: it does not count the time that the machine sleeps."""

TRIAL_VERSION = 1
TrialOutcome = Literal["running", "kept", "taken back", "failed", "not written"]


@dataclass(frozen=True)
class Trial:
    """``record`` is the number of the record to undo, ``paths`` are the files that it changed.

    ``changed`` are the options that it changed, in lower case; ``addresses`` where sshd listened before, and
    ``answers`` whether it answered there. ``command`` had started sshd; it counts where no init system does.
    ``outcome`` stays "running" while its files are being restored. ``steps`` are what was done, and what sshd
    was seen to do, with times.
    """

    record: str
    until: datetime
    paths: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    answers: bool = False
    command: tuple[str, ...] = ()
    outcome: TrialOutcome = "running"
    ended: datetime | None = None
    problem: str = ""
    steps: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """As it is stored."""
        stored = {
            **vars(self),
            "version": TRIAL_VERSION,
            "until": self.until.isoformat(),
            "ended": self.ended and self.ended.isoformat(),
            "paths": [stored_name(path) for path in self.paths],
            "command": [stored_name(word) for word in self.command],
        }
        return json.dumps(stored).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Trial:
        """What `to_json` made. Raises ValueError for what it could not have made."""
        stored = StoredObject.read(data, TRIAL_VERSION)
        return cls(
            record=stored.text("record", NUMBER_OF_RECORD),
            until=stored.time("until"),
            paths=stored.names("paths"),
            changed=stored.texts("changed"),
            addresses=stored.texts("addresses"),
            answers=stored.flag("answers"),
            command=stored.names("command"),
            outcome=stored.text("outcome", "|".join(get_args(TrialOutcome))),  # type: ignore[arg-type]
            ended=stored.time("ended") if stored.has("ended") else None,
            problem=stored.text("problem"),
            steps=stored.texts("steps"),
        )

    def is_same(self, other: Trial | None) -> bool:
        """Whether both are the same trial, at whatever stage."""
        return other is not None and (self.record, self.until) == (other.record, other.until)

    def noted(self, *steps: str) -> Trial:
        """With further steps, at this time."""
        time = format_time(now())
        return replace(self, steps=(*self.steps, *(f"{time} {step}" for step in steps)))


def now() -> datetime:
    """The current time, with the local time zone."""
    return datetime.now().astimezone()


def format_time(moment: datetime | None) -> str:
    """A time for the user; with the date where it is not today."""
    if moment is None:
        return "an unknown time"
    local = moment.astimezone()
    return local.strftime("%H:%M:%S" if local.date() == now().date() else "%Y-%m-%d %H:%M:%S")


# Who may do what.


@contextmanager
def locked_trial(directory: HeldDirectory, *, wait: bool = True) -> Iterator[bool]:
    """The right to begin, confirm or take back a trial; False where another process has it."""
    with hold_lock(directory, LOCK, wait=wait) as held:
        yield held


def timer_is_alive(directory: HeldDirectory) -> bool:
    """Whether the timer of the running trial still waits."""
    if directory.entry_status(TIMER_LOCK) is None:
        return False
    with hold_lock(directory, TIMER_LOCK, wait=False) as held:
        return not held


def is_overdue(trial: Trial) -> bool:
    """Whether a timer that lives has missed the end of the trial."""
    return now() > trial.until + GRACE


def check_no_trial(directory: HeldDirectory) -> None:
    """Raises SshkeepError while a change is on trial. To be called before anything is written."""
    other = running_trial(directory)
    if other:
        raise SshkeepError(
            f"another change is on trial until {format_time(other.until)}",
            "`sshkeep confirm` keeps that one, `sshkeep undo` takes it back",
        )


# The stages.


def begin_trial(directory: HeldDirectory, trial: Trial) -> None:
    """Mark a change as on trial; no timer is started. Raises SshkeepError while another one is."""
    check_no_trial(directory)
    try:
        create_private_file(directory, RUNNING, _data(trial))
    except OSError as error:
        raise _not_stored(directory, error) from None


def update_trial(directory: HeldDirectory, trial: Trial) -> None:
    """Store the steps of a running trial, if there is space."""
    with suppress(OSError):
        _store(directory, RUNNING, trial)


def running_trial(directory: HeldDirectory) -> Trial | None:
    """The running trial, if any. Raises SshkeepError where it can't be read."""
    return _read(directory, RUNNING)


def unsettled_trial(directory: HeldDirectory) -> Trial | None:
    """A trial that is being taken back, or has ended with a problem that nobody has seen yet.

    Raises SshkeepError where it can't be read.
    """
    return _read(directory, ENDING)


def last_trial(directory: HeldDirectory) -> Trial | None:
    """The trial that ended last, if any. Raises SshkeepError where it can't be read."""
    return unsettled_trial(directory) or _read(directory, ENDED)


def end_trial(directory: HeldDirectory) -> Trial | None:
    """End the running trial, or go on with the end of one that was cut off; None where there is none.

    Raises SshkeepError.
    """
    trial = running_trial(directory)
    if trial is None:
        cut_off = unsettled_trial(directory)
        return cut_off if cut_off and cut_off.outcome == "running" else None
    try:
        directory.rename(RUNNING, ENDING)
    except OSError as error:
        raise SshkeepError(f"can't end the trial in {directory.path}: {error.strerror}") from None
    with suppress(OSError):  # it has ended, and whoever ended it has to go on
        directory.sync()
    return trial


def record_outcome(directory: HeldDirectory, trial: Trial, outcome: TrialOutcome, problem: str = "") -> Trial:
    """Store what became of an ended trial. Raises SshkeepError."""
    ended = replace(trial, outcome=outcome, ended=now(), problem=problem)
    try:
        _store(directory, ENDING, ended)
        if not problem:
            directory.rename(ENDING, ENDED)
            directory.sync()
    except OSError as error:
        raise _not_stored(directory, error) from None
    return ended


def acknowledge(directory: HeldDirectory, trial: Trial) -> None:
    """The user has seen the problem of an ended trial."""
    if trial.outcome != "running":
        with suppress(OSError):
            directory.rename(ENDING, ENDED)


def _store(directory: HeldDirectory, name: str, trial: Trial) -> None:
    """Replace the file or, on a full disk, overwrite it in its reserved space. Raises OSError."""
    try:
        replace_private_file(directory, name, _data(trial))
    except OSError:
        data = _data(trial)
        if len(data) > RESERVED_BYTES:
            data = _data(replace(trial, steps=(), problem=trial.problem[:1000]))
        overwrite_private_file(directory, name, data)


def _data(trial: Trial) -> bytes:
    return trial.to_json().ljust(RESERVED_BYTES)


def _not_stored(directory: HeldDirectory, error: OSError) -> SshkeepError:
    return SshkeepError(f"can't store the trial in {directory.path}: {error.strerror}", "nothing was written")


def _read(directory: HeldDirectory, name: str) -> Trial | None:
    try:
        return Trial.from_json(read_private_file(directory, name, MAX_TRIAL_BYTES))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        path = os.path.join(directory.path, name)
        raise SshkeepError(
            f"{path}, which is about the change on trial, can't be read",
            "its timer takes the change back; if not, delete it once sshd runs as it should",
        ) from None
