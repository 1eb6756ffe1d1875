"""A change on trial: reloaded now, and taken back at a set time unless it is confirmed.

Its file in the state directory is one of two. ``trial.json`` is a trial that runs; renaming it to
``trial-ended.json`` ends it, and only one process can do that: whoever confirms, or the timer.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from sshkeep.errors import SshkeepError

RUNNING, ENDED = "trial.json", "trial-ended.json"
GRACE = timedelta(minutes=2)
"""How long behind its time a timer may be before it is taken for dead, as after a reboot."""

TrialOutcome = Literal["running", "kept", "taken back", "failed"]


class Trial(BaseModel):
    """``outcome`` stays "running" in an ended trial while its files are being put back."""

    model_config = ConfigDict(frozen=True)
    version: Literal[1] = 1
    record: str = Field(max_length=100)
    """The id of the record that undo takes back."""
    commands: tuple[tuple[str, ...], ...]
    """What makes sshd read the files again, one after the other."""
    until: AwareDatetime
    outcome: TrialOutcome = "running"
    ended: AwareDatetime | None = None
    problem: str = ""


def now() -> datetime:
    """This moment, with the local time zone."""
    return datetime.now().astimezone()


def format_time(moment: datetime | None) -> str:
    """A moment for a person; with the date where it is not today."""
    if moment is None:
        return "an unknown time"
    local = moment.astimezone()
    return local.strftime("%H:%M:%S" if local.date() == now().date() else "%Y-%m-%d %H:%M:%S")


def begin_trial(folder: str, record: str, commands: tuple[tuple[str, ...], ...], seconds: int) -> Trial:
    """Put a change on trial, in the books only. Raises SshkeepError while another one is."""
    trial = Trial(record=record, commands=commands, until=now() + timedelta(seconds=seconds))
    other = running_trial(folder)
    if other and now() > other.until + GRACE:
        end_trial(folder)
    new = _write(folder, trial)
    try:
        os.link(new, os.path.join(folder, RUNNING))
    except FileExistsError:
        raise _another(running_trial(folder)) from None
    except OSError as error:
        raise SshkeepError(f"can't note the trial in {folder}: {error.strerror}") from None
    finally:
        os.unlink(new)
    return trial


def _another(other: Trial | None) -> SshkeepError:
    until = f" until {format_time(other.until)}" if other else ""
    return SshkeepError(f"another change is on trial{until}", "`sshkeep confirm` keeps that one")


def check_no_trial(folder: str) -> None:
    """Raises SshkeepError while a change is on trial: to be asked before anything is written."""
    other = running_trial(folder)
    if other and now() <= other.until + GRACE:
        raise _another(other)


def running_trial(folder: str) -> Trial | None:
    """The trial that runs, if any."""
    return _read(folder, RUNNING)


def last_trial(folder: str) -> Trial | None:
    """The trial that ended last, if any."""
    return _read(folder, ENDED)


def end_trial(folder: str) -> Trial | None:
    """End the trial that runs; None where another process was quicker, or there is none."""
    running_trial(folder)  # one that can't be read stays, and is told
    try:
        os.rename(os.path.join(folder, RUNNING), os.path.join(folder, ENDED))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SshkeepError(f"can't end the trial in {folder}: {error.strerror}") from None
    return last_trial(folder)


def record_outcome(folder: str, trial: Trial, outcome: TrialOutcome, problem: str = "") -> Trial:
    """Say in the books what became of an ended trial."""
    told = trial.model_copy(update={"outcome": outcome, "ended": now(), "problem": problem})
    new = _write(folder, told)
    os.replace(new, os.path.join(folder, ENDED))
    return told


def _write(folder: str, trial: Trial) -> str:
    """A new file, on disk, that is nobody's yet."""
    path = os.path.join(folder, f".trial-{os.urandom(8).hex()}")
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(trial.model_dump_json())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise SshkeepError(f"can't note the trial in {folder}: {error.strerror}") from None
    return path


def _read(folder: str, name: str) -> Trial | None:
    path = os.path.join(folder, name)
    try:
        with open(path, encoding="utf-8") as stream:
            return Trial.model_validate_json(stream.read(65536))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError, UnicodeDecodeError):
        raise SshkeepError(f"can't read {path}", "delete it once sshd runs as it should") from None
