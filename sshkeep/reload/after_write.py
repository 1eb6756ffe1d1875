"""What --reload and --confirm do once sshd's live files are written."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.reload.init_systems import find_reload_command
from sshkeep.reload.reload_command import ReloadCommand, run_reload
from sshkeep.trees.tree import Tree

MIN_TRIAL_SECONDS, MAX_TRIAL_SECONDS = 10, 3600
"""Limits of --confirm: the time to log in again, and a time for which a user still waits."""


class ReloadOptions(NamedTuple):
    """The options --reload and --confirm; ``confirm`` are the seconds of a trial."""

    reload: bool = False
    confirm: int | None = None

    @property
    def given(self) -> bool:
        """Whether either is given."""
        return self.reload or self.confirm is not None


def is_live_sshd(tree: Tree) -> bool:
    """Whether this machine's sshd reads the tree."""
    return tree.kind == "sshd_config" and tree.tops[0].place.live


def reload_options(reload: bool = False, confirm: int | None = None, *, write: bool) -> ReloadOptions:
    """The checked options; to be called before anything is written.

    Raises SshkeepError where they don't go with the others, or sshd could not be reloaded so now.
    """
    options = ReloadOptions(reload, confirm)
    if not options.given:
        return options
    if not write:
        raise SshkeepError("--reload and --confirm go with --write", "add --write, or leave them out")
    found = find_reload_command(())
    if found.needed and not found.commands:
        raise SshkeepError(f"no way to reload sshd: {found.why}", "nothing was written")
    if confirm is not None:
        _check_trial(confirm)
    return options


def _check_trial(seconds: int) -> None:
    if not MIN_TRIAL_SECONDS <= seconds <= MAX_TRIAL_SECONDS:
        raise SshkeepError(f"--confirm takes {MIN_TRIAL_SECONDS} to {MAX_TRIAL_SECONDS} seconds")
    from sshkeep.state.directory import existing_state_directory
    from sshkeep.state.trial_marker import check_no_trial

    with existing_state_directory(lock=False) as directory:
        if directory:
            check_no_trial(directory)


def reload_after_write(options: ReloadOptions, record: str, changed: Collection[str]) -> list[str]:
    """Reload sshd as the options ask; the lines to print.

    ``record`` is the number of what was written, ``changed`` are the options that changed, in lower case.
    Raises SshkeepError where sshd was not reloaded, or the change had to be undone.
    """
    reload = find_reload_command(changed)
    note = [f"note: {reload.why}"] if reload.why else []
    if options.confirm is not None:
        return [*note, *_on_trial(record, options.confirm, reload)]
    if not reload.commands:
        return note
    if not options.reload:
        return [*note, f"reload with: {reload.shown}"]
    run_reload(reload)
    return [*note, "sshd was reloaded; sessions that are open keep their old settings"]


def _on_trial(record: str, seconds: int, reload: ReloadCommand) -> list[str]:
    # Imported here, since they need what is slow to import, and most runs do not.
    from sshkeep.reload.trial import start_trial, undo_record
    from sshkeep.state.trial_marker import format_time

    trial = start_trial(record, reload, seconds, undo_record)
    done = "sshd was reloaded" if reload.commands else "in effect"
    return [
        f"{done}, on trial until {format_time(trial.until)}",
        "log in anew from another terminal; if that works: sshkeep confirm",
        "otherwise do nothing: the change is taken back",
    ]
