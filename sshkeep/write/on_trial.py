"""Files that are on trial: no other run writes them before the trial has ended."""

from __future__ import annotations

from collections.abc import Collection

from sshkeep.errors import SshkeepError
from sshkeep.state.trial_marker import Trial, format_time, running_trial, unsettled_trial
from sshkeep.system.held_directory import HeldDirectory


def trial_in_progress(state: HeldDirectory) -> Trial | None:
    """The trial that runs or is being taken back, if any. Raises SshkeepError where that can't be read."""
    running = running_trial(state)
    if running:
        return running
    ending = unsettled_trial(state)
    return ending if ending and ending.outcome == "running" else None


def check_not_on_trial(state: HeldDirectory, paths: Collection[str]) -> frozenset[int]:
    """The number of the record that is on trial, which is to be kept.

    Raises SshkeepError where one of ``paths`` is on trial, or where that can't be known.
    """
    trial = trial_in_progress(state)
    if trial is None:
        return frozenset()
    shared = sorted(set(trial.paths) & set(paths))
    if shared:
        raise SshkeepError(
            f"a change of {shared[0]} is on trial until {format_time(trial.until)}",
            "nothing was written; `sshkeep confirm` keeps that change, `sshkeep undo` takes it back",
        )
    return frozenset((int(trial.record),))
