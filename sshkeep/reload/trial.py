"""A trial: reload sshd with the new files, and undo the change unless the user confirms it in time.

The marker in the state directory (`sshkeep.state.trial_marker`) decides who ends a trial; the lock of that
directory is not held here, since undoing takes it.
"""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.errors import SshkeepError
from sshkeep.reload.reload_command import ReloadCommand, run_commands, run_reload
from sshkeep.reload.start_timer import start_timer
from sshkeep.state.directory import existing_state_directory, state_directory
from sshkeep.state.record_store import find_record
from sshkeep.state.trial_marker import (
    Trial,
    TrialOutcome,
    begin_trial,
    end_trial,
    format_time,
    record_outcome,
)
from sshkeep.write.undo import undo_changes

UndoRecord = Callable[[str], None]
"""Undoes the record with this number. Raises SshkeepError."""


def start_trial(record: str, reload: ReloadCommand, seconds: int, undo_record: UndoRecord) -> Trial:
    """Reload sshd on trial. The timer runs before sshd reads the new files.

    Where the timer can't be started, or the reload fails, the change is undone at once. Raises SshkeepError,
    which says so.
    """
    with state_directory(lock=False) as directory:
        trial = begin_trial(directory, record, reload.commands, seconds)
    try:
        start_timer(trial, seconds)
        run_reload(reload)
    except SshkeepError as error:
        ended = roll_back(undo_record)
        if ended and ended.outcome == "failed":
            raise SshkeepError(
                f"{error.sentence}; the change could not be taken back", ended.problem
            ) from None
        raise SshkeepError(f"{error.sentence}; the change was taken back", error.hint) from None
    return trial


def roll_back(undo_record: UndoRecord) -> Trial | None:
    """Undo the change on trial and reload again; None where the trial has ended already.

    Raises SshkeepError where the state directory can't be used.
    """
    with state_directory(lock=False) as directory:
        ended = end_trial(directory)
        return ended and record_outcome(directory, ended, *_undo_and_reload(ended, undo_record))


def _undo_and_reload(trial: Trial, undo_record: UndoRecord) -> tuple[TrialOutcome, str]:
    """What became of the trial, and what went wrong."""
    try:
        undo_record(trial.record)
    except Exception as error:  # whatever it is, the user has to learn of it
        return "failed", str(error) or type(error).__name__
    try:
        run_commands(trial.commands)
    except SshkeepError as error:
        return "taken back", error.sentence
    return "taken back", ""


def undo_record(id: str) -> None:
    """Undo the record with this number, unless it is undone already. Raises SshkeepError."""
    record = find_record(id)
    if record.state != "undone":
        result = undo_changes(record)
        if result.differences:
            raise SshkeepError(f"{result.differences[0].path} was changed since")


def confirm_trial() -> Trial | None:
    """Keep the change on trial; None where there is none, or it is too late. Raises SshkeepError."""
    with existing_state_directory(lock=False) as directory:
        ended = end_trial(directory) if directory else None
        return record_outcome(directory, ended, "kept") if directory and ended else None


def describe_outcome(last: Trial) -> str:
    """What became of the last trial, as a sentence."""
    at = format_time(last.ended)
    if last.outcome == "failed":
        return f"the change could not be taken back at {at}: {last.problem} (`sshkeep undo` tries again)"
    if last.outcome == "running":
        until = format_time(last.until)
        return f"the change on trial until {until} is being taken back, or that was cut off"
    return f"the change was {last.outcome} at {at}{f', but {last.problem}' if last.problem else ''}"
