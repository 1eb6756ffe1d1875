"""A trial from its beginning to its end."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.errors import SshkeepError
from sshkeep.reload.reload_command import ReloadCommand, run_commands, run_reload
from sshkeep.reload.start_timer import start_timer
from sshkeep.state import trial_marker

UndoRecord = Callable[[str], None]
"""Undoes the record with this id. Raises SshkeepError."""


def start_trial(
    folder: str, record: str, reload: ReloadCommand, seconds: int, take_back: UndoRecord
) -> trial_marker.Trial:
    """Reload on trial: the timer is there before sshd reads the new files.

    Where the timer can't be started, or the reload fails, the change is taken back at once.
    Raises SshkeepError, which says so.
    """
    begun = trial_marker.begin_trial(folder, record, reload.commands, seconds)
    try:
        start_timer(folder, begun, seconds)
        run_reload(reload)
    except SshkeepError as error:
        gone = roll_back(folder, take_back)
        if gone and gone.outcome == "failed":
            raise SshkeepError(
                f"{error.sentence}; the change could not be taken back", gone.problem
            ) from None
        raise SshkeepError(f"{error.sentence}; the change was taken back", error.hint) from None
    return begun


def roll_back(folder: str, take_back: UndoRecord) -> trial_marker.Trial | None:
    """Take the change on trial back and reload again; None where it has ended already."""
    ended = trial_marker.end_trial(folder)
    if ended is None:
        return None
    try:
        take_back(ended.record)
    except Exception as error:  # whatever it is, somebody has to be told of it
        return trial_marker.record_outcome(folder, ended, "failed", str(error) or type(error).__name__)
    try:
        run_commands(ended.commands)
    except SshkeepError as error:
        return trial_marker.record_outcome(folder, ended, "taken back", error.sentence)
    return trial_marker.record_outcome(folder, ended, "taken back")


def confirm_trial(folder: str) -> trial_marker.Trial | None:
    """Confirm the change on trial; None where there is none, or it is too late."""
    ended = trial_marker.end_trial(folder)
    return ended and trial_marker.record_outcome(folder, ended, "kept")


def describe_outcome(last: trial_marker.Trial) -> str:
    """What became of the last trial, as a sentence."""
    at = trial_marker.format_time(last.ended)
    if last.outcome == "failed":
        return f"the change could not be taken back at {at}: {last.problem} (`sshkeep undo` tries again)"
    if last.outcome == "running":
        until = trial_marker.format_time(last.until)
        return f"the change on trial until {until} is being taken back, or that was cut off"
    return f"the change was {last.outcome} at {at}{f', but {last.problem}' if last.problem else ''}"
