"""A trial: sshd runs with the new files, and the change is undone unless the user confirms it in time.

The mark in the state directory (`sshkeep.state.trial_marker`) and the timer are there before the files are
written. The lock of that directory is not held here, since undoing takes it; `locked_trial` is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.reload.reload_sshd import Expected, Seen, bring_back_sshd, no_sshd_runs, start_sshd_if_none_runs
from sshkeep.reload.start_timer import start_timer
from sshkeep.state.directory import existing_state_directory, state_directory
from sshkeep.state.record import Record
from sshkeep.state.record_store import find_record
from sshkeep.state.trial_marker import (
    ENDING,
    RUNNING,
    Trial,
    acknowledge,
    begin_trial,
    end_trial,
    format_time,
    is_overdue,
    last_trial,
    locked_trial,
    now,
    record_outcome,
    running_trial,
    timer_is_alive,
    unsettled_trial,
    update_trial,
)
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.sockets import parse_shown
from sshkeep.write.on_trial import trial_in_progress
from sshkeep.write.undo import restore, undo_changes


class TrialEnd(NamedTuple):
    """What the end of a trial does to the files and to sshd."""

    restore_files: Callable[[Trial, Record | None], None]
    """Gets the record as it was when the timer started, if that is known. Raises SshkeepError."""
    bring_back: Callable[[Trial], Seen]
    """Lets sshd run with the old files."""
    start_if_none_runs: Callable[[Trial], Seen]
    """Starts an sshd that is dead, where the files could not be restored."""
    none_runs: Callable[[Trial], bool]
    """Whether sshd is seen to be dead, so that nobody can have logged in."""


# Beginning.


class TrialStart:
    """A trial from its mark to the moment when sshd is seen to run with the new files.

    The right to end it is held meanwhile. `begin` comes first, then one of `finish` and `abandon`.
    """

    def __init__(
        self, seconds: int, changed: tuple[str, ...], before: Expected, command: tuple[str, ...]
    ) -> None:
        self.seconds = seconds
        self.changed = changed
        self.before = before
        self.command = command
        self.trial: Trial | None = None
        self._held = ExitStack()

    def begin(self, state: HeldDirectory, record: Record) -> None:
        """Mark the trial, and start its timer. Raises SshkeepError, and then there is no trial."""
        self._held.enter_context(locked_trial(state))
        try:
            self.trial = self._mark(state, record)
            start_timer(self.trial, self.seconds)
        except BaseException:
            self.abandon()
            raise

    def _mark(self, state: HeldDirectory, record: Record) -> Trial:
        trial = Trial(
            record=record.id,
            paths=tuple(file.path for file in record.files),
            until=now() + timedelta(seconds=self.seconds),
            changed=self.changed,
            addresses=tuple(map(str, self.before.addresses)),
            answers=self.before.answers,
            command=self.command,
        )
        begin_trial(state, trial)
        return trial

    def finish(self, seen: Seen, end: TrialEnd) -> Trial:
        """What was seen of sshd with the new files. Raises SshkeepError where it ends the trial at once."""
        assert self.trial
        with self._held, state_directory(lock=False) as state:
            trial = self.trial.noted("the new files were written", *seen.steps)
            if not seen.problem:
                update_trial(state, trial)
                return trial
            update_trial(state, trial)
            ended = _take_back(state, end_trial(state) or trial, None, end)
        acknowledge_problem(ended)
        raise SshkeepError(f"{seen.problem}; {describe_outcome(ended)}")

    def abandon(self) -> None:
        """Nothing was written."""
        with self._held, state_directory(lock=False) as state:
            ended = end_trial(state) if self.trial else None
            if ended:
                record_outcome(state, ended, "not written")


def acknowledge_problem(trial: Trial) -> None:
    """The user now knows of the problem of an ended trial."""
    with existing_state_directory(lock=False) as directory:
        if directory:
            acknowledge(directory, trial)


# Ending.


def take_back_trial(
    end: TrialEnd, *, only: Trial | None = None, record: Record | None = None, wait: bool = True
) -> Trial | None:
    """Undo the change on trial, or finish that; None where there is none, or another process is at it.

    With ``only`` no other trial counts. Raises SshkeepError where the state directory can't be used.
    """
    with state_directory(lock=False) as directory, locked_trial(directory, wait=wait) as ours:
        if not ours or (only and not only.is_same(trial_in_progress(directory))):
            return None
        trial = end_trial(directory)
        return trial and _take_back(directory, trial, record, end)


def take_back_from_memory(trial: Trial, record: Record | None, end: TrialEnd) -> None:
    """The end of a trial whose mark is damaged or gone, by the timer, which knows it; not if it has ended.

    Raises SshkeepError where the state directory can't be used.
    """
    with state_directory(lock=False) as directory, locked_trial(directory):
        with suppress(SshkeepError):
            if is_marked_as_ended(directory, trial):
                return
        for name in (RUNNING, ENDING):  # what can't be read must not stay in the way
            with suppress(OSError):
                directory.remove(name)
        ended = _take_back(directory, trial, record, end)
        damage = "what sshkeep had stored of the trial was damaged or gone"
        record_outcome(directory, ended, ended.outcome, ended.problem or damage)


def is_marked_as_ended(directory: HeldDirectory, trial: Trial) -> bool:
    """Whether another process has ended the trial. Raises SshkeepError where the marks can't be read."""
    running = running_trial(directory)
    if running:
        return not trial.is_same(running)
    last = last_trial(directory)
    return (
        last is not None and (trial.is_same(last) or last.until > trial.until) and last.outcome != "running"
    )


def _take_back(directory: HeldDirectory, trial: Trial, record: Record | None, end: TrialEnd) -> Trial:
    try:
        end.restore_files(trial, record)
    except Exception as error:  # whatever it is, the user has to learn of it
        problem = str(error) or type(error).__name__
        seen = end.start_if_none_runs(trial)
        trial = trial.noted(f"the files could not be restored: {problem}", *seen.steps)
        problem = f"{problem}; {seen.problem}" if seen.problem else problem
        return record_outcome(directory, trial, "failed", problem)
    trial = trial.noted("the old files were put back")
    # Should this process be killed now, the next one goes on with sshd.
    seen = end.bring_back(trial)
    return record_outcome(directory, trial.noted(*seen.steps), "taken back", seen.problem)


def restore_files(trial: Trial, record: Record | None) -> None:
    """Undo the record of the trial, unless it is undone already. Raises SshkeepError."""
    try:
        stored = find_record(trial.record)
    except SshkeepError:
        if record is None:
            raise
        result = restore(None, record)
    else:
        if stored.state == "undone":
            return
        result = undo_changes(stored)
    if result.differences:
        raise SshkeepError(f"{result.differences[0].path} was changed since")


def expected_before(trial: Trial) -> Expected:
    """How sshd was before the trial."""
    return Expected(tuple(filter(None, map(parse_shown, trial.addresses))), trial.answers)


THIS_MACHINE = TrialEnd(
    restore_files,
    lambda trial: bring_back_sshd(trial.changed, expected_before(trial), trial.command),
    lambda trial: start_sshd_if_none_runs(trial.command),
    lambda trial: no_sshd_runs(),
)


# Confirming, and what other commands have to know.


def confirm_trial(end: TrialEnd) -> Trial | None:
    """Keep the change on trial; None where there is none. Raises SshkeepError.

    Where it is too late, since the timer was killed, the change is taken back and returned so.
    """
    with existing_state_directory(lock=False) as directory:
        if directory is None:
            return None
        with locked_trial(directory):
            running = running_trial(directory)
            if running is None:
                return None
            if end.none_runs(running):
                raise SshkeepError(
                    "no sshd is running, so the change is not kept",
                    f"it is taken back at {format_time(running.until)}, and by `sshkeep undo` now",
                )
            late = now() > running.until and not timer_is_alive(directory)
            trial = end_trial(directory) or running
            if late:
                return _take_back(directory, trial, None, end)
            return record_outcome(directory, trial.noted("it was confirmed"), "kept")


def settle_trial(end: TrialEnd) -> list[str]:
    """What every command has to report of a trial. One whose timer is gone is taken back.

    Raises SshkeepError where its mark can't be read.
    """
    with existing_state_directory(lock=False) as directory:
        if directory is None:
            return []
        running = running_trial(directory)
        alive = running is not None and timer_is_alive(directory) and not is_overdue(running)
        ending = unsettled_trial(directory)
    if running and alive:
        return [_on_trial(running), *_damage(running)]
    if running is None and (ending is None or ending.outcome != "running"):
        return [describe_outcome(ending)] if ending else []
    ended = take_back_trial(end, wait=False)
    if ended is None:  # it begins or ends in this moment
        return [_on_trial(running)] if running else []
    return [f"a change was still on trial, and its timer was gone: {describe_outcome(ended)}"]


def _on_trial(trial: Trial) -> str:
    return (
        f"a change of {', '.join(trial.paths)} is on trial until {format_time(trial.until)}; "
        "`sshkeep confirm` keeps it, `sshkeep undo` takes it back"
    )


def _damage(trial: Trial) -> list[str]:
    try:
        find_record(trial.record)
    except SshkeepError as error:
        return [f"the record of the change on trial is damaged, its timer knows it still: {error.sentence}"]
    return []


def describe_outcome(last: Trial) -> str:
    """What became of the last trial, as a sentence."""
    at = format_time(last.ended)
    if last.outcome == "failed":
        again = f"`sshkeep undo {last.record}` tries again"
        return f"the change could not be taken back at {at}: {last.problem} ({again})"
    if last.outcome == "running":
        until = format_time(last.until)
        return f"the change on trial until {until} is being taken back"
    return f"the change was {last.outcome} at {at}{f', but {last.problem}' if last.problem else ''}"
