"""The change on trial: reloaded now, and undone at a set time unless the user confirms it.

It is one of two files in the state directory. ``trial.json`` is a running trial; renaming it to
``trial-ended.json`` ends it, which only one process can do: the one that confirms, or the timer.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from sshkeep.errors import SshkeepError
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.private_files import create_private_file, read_private_file, replace_private_file

RUNNING, ENDED = "trial.json", "trial-ended.json"
MAX_TRIAL_BYTES = 64 * 1024
GRACE = timedelta(minutes=2)
"""How late a timer may be before it counts as dead, as after a reboot."""

TrialOutcome = Literal["running", "kept", "taken back", "failed"]


class Trial(BaseModel):
    """``outcome`` stays "running" in an ended trial while its files are being restored."""

    model_config = ConfigDict(frozen=True)
    version: Literal[1] = 1
    record: str = Field(max_length=100)
    """The number of the record to undo."""
    commands: tuple[tuple[str, ...], ...]
    """What makes sshd read the files again, one after the other."""
    until: AwareDatetime
    outcome: TrialOutcome = "running"
    ended: AwareDatetime | None = None
    problem: str = ""


def now() -> datetime:
    """The current time, with the local time zone."""
    return datetime.now().astimezone()


def format_time(moment: datetime | None) -> str:
    """A time for the user; with the date where it is not today."""
    if moment is None:
        return "an unknown time"
    local = moment.astimezone()
    return local.strftime("%H:%M:%S" if local.date() == now().date() else "%Y-%m-%d %H:%M:%S")


def begin_trial(
    directory: HeldDirectory, record: str, commands: tuple[tuple[str, ...], ...], seconds: int
) -> Trial:
    """Mark a change as on trial; no timer is started. Raises SshkeepError while another one is."""
    trial = Trial(record=record, commands=commands, until=now() + timedelta(seconds=seconds))
    other = running_trial(directory)
    if other and _timer_is_dead(other):
        end_trial(directory)
    try:
        create_private_file(directory, RUNNING, trial.model_dump_json().encode())
    except FileExistsError:
        raise _another(running_trial(directory)) from None
    except OSError as error:
        raise _not_noted(directory, error) from None
    return trial


def check_no_trial(directory: HeldDirectory) -> None:
    """Raises SshkeepError while a change is on trial. To be called before anything is written."""
    other = running_trial(directory)
    if other and not _timer_is_dead(other):
        raise _another(other)


def running_trial(directory: HeldDirectory) -> Trial | None:
    """The running trial, if any. Raises SshkeepError where it can't be read."""
    return _read(directory, RUNNING)


def last_trial(directory: HeldDirectory) -> Trial | None:
    """The trial that ended last, if any. Raises SshkeepError where it can't be read."""
    return _read(directory, ENDED)


def end_trial(directory: HeldDirectory) -> Trial | None:
    """End the running trial; None where there is none, or another process ended it first.

    Raises SshkeepError.
    """
    running_trial(directory)  # one that can't be read stays, and is reported
    try:
        directory.rename(RUNNING, ENDED)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SshkeepError(f"can't end the trial in {directory.path}: {error.strerror}") from None
    with suppress(OSError):  # it has ended, and whoever ended it has to go on
        directory.sync()
    return last_trial(directory)


def record_outcome(directory: HeldDirectory, trial: Trial, outcome: TrialOutcome, problem: str = "") -> Trial:
    """Store what became of an ended trial. Raises SshkeepError."""
    ended = trial.model_copy(update={"outcome": outcome, "ended": now(), "problem": problem})
    try:
        replace_private_file(directory, ENDED, ended.model_dump_json().encode())
    except OSError as error:
        raise _not_noted(directory, error) from None
    return ended


def _timer_is_dead(trial: Trial) -> bool:
    return now() > trial.until + GRACE


def _another(other: Trial | None) -> SshkeepError:
    until = f" until {format_time(other.until)}" if other else ""
    return SshkeepError(f"another change is on trial{until}", "`sshkeep confirm` keeps that one")


def _not_noted(directory: HeldDirectory, error: OSError) -> SshkeepError:
    return SshkeepError(f"can't note the trial in {directory.path}: {error.strerror}")


def _read(directory: HeldDirectory, name: str) -> Trial | None:
    try:
        return Trial.model_validate_json(read_private_file(directory, name, MAX_TRIAL_BYTES))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):  # pydantic's ValidationError is a ValueError
        path = os.path.join(directory.path, name)
        raise SshkeepError(f"can't read {path}", "delete it once sshd runs as it should") from None
