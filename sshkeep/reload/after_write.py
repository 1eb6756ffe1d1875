"""What ``--reload`` and ``--confirm`` do after sshd's live files were written."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.reload.init_systems import find_reload_command
from sshkeep.reload.reload_command import ReloadCommand, run_reload
from sshkeep.trees.tree import Tree

MIN_TRIAL_SECONDS, MAX_TRIAL_SECONDS = 10, 3600
"""Seconds that a trial may last: time to log in again, and a time that somebody still waits for."""


class ReloadOptions(NamedTuple):
    """What the command line asks for: a reload, and the seconds of a trial."""

    reload: bool = False
    confirm: int | None = None


def is_live_sshd(tree: Tree) -> bool:
    """Whether this machine's sshd reads the tree, so that it has to be told of a change."""
    return tree.kind == "sshd_config" and tree.tops[0].place.live


def check_reload_options(wish: ReloadOptions, *, write: bool) -> None:
    """To be called before anything is written. Raises SshkeepError where the wish can't be met."""
    if not wish.reload and wish.confirm is None:
        return
    if not write:
        raise SshkeepError("--reload and --confirm go with --write", "add --write, or leave them out")
    way = find_reload_command(())
    if way.needed and not way.commands:
        raise SshkeepError(f"no way to reload sshd: {way.why}", "nothing was written")
    if wish.confirm is not None:
        if not MIN_TRIAL_SECONDS <= wish.confirm <= MAX_TRIAL_SECONDS:
            raise SshkeepError(f"--confirm takes {MIN_TRIAL_SECONDS} to {MAX_TRIAL_SECONDS} seconds")
        from sshkeep.state.directory import state_path
        from sshkeep.state.trial_marker import check_no_trial

        check_no_trial(state_path())


def reload_after_write(wish: ReloadOptions, record: str, changed: Collection[str]) -> list[str]:
    """Reload as wished; what to print. ``changed`` are the options written, in lower case.

    Raises SshkeepError where sshd was not reloaded, or the change had to be taken back.
    """
    reload = find_reload_command(changed)
    note = [f"note: {reload.why}"] if reload.why else []
    if wish.confirm is not None:
        return [*note, *_on_trial(record, wish.confirm, reload)]
    if not reload.commands:
        return note
    if not wish.reload:
        return [*note, f"reload with: {reload.shown}"]
    run_reload(reload)
    return [*note, "sshd was reloaded; sessions that are open keep their old settings"]


def _on_trial(record: str, seconds: int, reload: ReloadCommand) -> list[str]:
    # Imported here, since they need what is slow to import, and most runs do not.
    from sshkeep.reload.trial import start_trial
    from sshkeep.reload.undo_record import undo_record
    from sshkeep.state.directory import state_directory
    from sshkeep.state.trial_marker import format_time

    with state_directory() as folder:
        path = folder.path
    trial = start_trial(path, record, reload, seconds, undo_record)
    done = "sshd was reloaded" if reload.commands else "in effect"
    return [
        f"{done}, on trial until {format_time(trial.until)}",
        "log in anew from another terminal; if that works: sshkeep confirm",
        "otherwise do nothing: the change is taken back",
    ]
