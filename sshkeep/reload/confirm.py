"""A trial from its beginning to its end."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.errors import SshkeepError
from sshkeep.reload import trial
from sshkeep.reload.command import Reload, run
from sshkeep.reload.launch import launch

TakeBack = Callable[[str], None]
"""Undoes the record with this id. Raises SshkeepError."""


def start(folder: str, record: str, reload: Reload, seconds: int, take_back: TakeBack) -> trial.Trial:
    """Reload on trial: the timer is there before sshd reads the new files.

    Where the timer can't be started, or the reload fails, the change is taken back at once.
    Raises SshkeepError, which says so.
    """
    begun = trial.begin(folder, record, reload, seconds)
    try:
        launch(folder, begun, seconds)
        run(reload)
    except SshkeepError as error:
        gone = end_now(folder, take_back)
        if gone and gone.outcome == "failed":
            raise SshkeepError(
                f"{error.sentence}; the change could not be taken back", gone.problem
            ) from None
        raise SshkeepError(f"{error.sentence}; the change was taken back", error.hint) from None
    return begun


def end_now(folder: str, take_back: TakeBack) -> trial.Trial | None:
    """Take the change on trial back and reload again; None where it has ended already."""
    ended = trial.end(folder)
    if ended is None:
        return None
    try:
        take_back(ended.record)
    except Exception as error:  # whatever it is, somebody has to be told of it
        return trial.note(folder, ended, "failed", str(error) or type(error).__name__)
    try:
        run(ended.reload)
    except SshkeepError as error:
        return trial.note(folder, ended, "taken back", error.sentence)
    return trial.note(folder, ended, "taken back")


def keep(folder: str) -> trial.Trial | None:
    """Confirm the change on trial; None where there is none, or it is too late."""
    ended = trial.end(folder)
    return ended and trial.note(folder, ended, "kept")


def told(last: trial.Trial) -> str:
    """What became of the last trial, as a sentence."""
    at = trial.clock(last.ended)
    if last.outcome == "failed":
        return f"the change could not be taken back at {at}: {last.problem} (`sshkeep undo` tries again)"
    if last.outcome == "running":
        return f"the change on trial until {trial.clock(last.until)} is being taken back, or that was cut off"
    return f"the change was {last.outcome} at {at}{f', but {last.problem}' if last.problem else ''}"
