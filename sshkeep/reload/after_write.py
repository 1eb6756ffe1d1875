"""What --reload and --confirm do before and after sshd's live files are written."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase
from sshkeep.reload.init_systems import find_reload_command
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.reload.running_sshd import RunningSshd, find_running_sshd
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:  # what only a reload needs
    from sshkeep.reload.reload_sshd import Expected, Seen
    from sshkeep.reload.trial import TrialStart
    from sshkeep.state.record import Record
    from sshkeep.system.held_directory import HeldDirectory
    from sshkeep.system.sockets import Address

MIN_TRIAL_SECONDS, MAX_TRIAL_SECONDS = 10, 3600
"""Limits of --confirm: the time to log in again, and a time for which a user still waits."""

WRITTEN = Phrase("written")
NONE_RUNS = "no sshd is running; nothing was reloaded"


class ReloadOptions(NamedTuple):
    """The options --reload and --confirm; ``confirm`` are the seconds of a trial."""

    reload: bool = False
    confirm: int | None = None

    @property
    def given(self) -> bool:
        """Whether either is given."""
        return self.reload or self.confirm is not None


class Reloaded(NamedTuple):
    """``lines`` are to be printed, and ``state`` as the last line: whether sshd has read what was written."""

    lines: tuple[str, ...]
    state: str


def is_live_sshd(tree: Tree) -> bool:
    """Whether this machine's sshd reads the tree."""
    return tree.kind == "sshd_config" and tree.tops[0].place.live


def reload_options(reload: bool = False, confirm: int | None = None, *, write: bool) -> ReloadOptions:
    """The checked options; to be called before anything is written.

    Raises SshkeepError where they don't go with the others, or a change is on trial already.
    """
    options = ReloadOptions(reload, confirm)
    if options.given and not write:
        raise SshkeepError("--reload and --confirm go with --write", "add --write, or leave them out")
    if confirm is not None:
        if not MIN_TRIAL_SECONDS <= confirm <= MAX_TRIAL_SECONDS:
            raise SshkeepError(f"--confirm takes {MIN_TRIAL_SECONDS} to {MAX_TRIAL_SECONDS} seconds")
        from sshkeep.state.directory import existing_state_directory
        from sshkeep.state.trial_marker import check_no_trial

        with existing_state_directory(lock=False) as directory:
            if directory:
                check_no_trial(directory)
    return options


def reload_notice(changed: Collection[str], done: str = WRITTEN) -> Reloaded:
    """What is left to do for sshd's live files that were ``done``, and are not to be reloaded."""
    running = find_running_sshd_where_shown()
    reload = find_reload_command(changed, running)
    if reload.commands:
        note = (f"note: {reload.why}",) if reload.why else ()
        to_do = Phrase("{done}; reload sshd to apply it: {command}", done=done, command=reload.shown)
        return Reloaded(note, to_do)
    return Reloaded((), f"{done}; {reload.why}")


def find_running_sshd_where_shown() -> RunningSshd | None:
    """The sshd that listens; None where none runs, or this system or user does not see it."""
    from sshkeep.system.processes import processes_are_visible

    return find_running_sshd() if processes_are_visible() else None


class PlannedReload:
    """A reload of sshd with files that are about to be written: `check`, `before_writing`, then `reload`.

    ``old`` and ``new`` are the configs of the live tree, ``changed`` the options that differ, in lower case.
    """

    def __init__(self, options: ReloadOptions, old: Config, new: Config, changed: Collection[str]) -> None:
        self.options = options
        self.changed = tuple(sorted(changed))
        self.running = find_running_sshd_where_shown()
        self.command = find_reload_command(changed, self.running)
        self.old, self.new = old, new
        self.trial: TrialStart | None = None
        self.expected: Expected | None = None

    def check(self) -> None:
        """Raises SshkeepError where sshd could not be reloaded, or would not run with the new files."""
        from sshkeep.reload.reload_sshd import Expected
        from sshkeep.reload.sshd_state import answering, look_at_sshd
        from sshkeep.system.processes import processes_are_visible

        shown = processes_are_visible()
        if shown and self.command.listener == "sshd" and self.running is None:
            raise SshkeepError(NONE_RUNS, f"nothing was written{_how_to_start(self.command)}")
        if self.command.needed and not self.command.commands:
            raise SshkeepError(f"no way to reload sshd: {self.command.why}", "nothing was written")
        if not shown:
            self.expected, before = Expected(), Expected()
        else:
            wanted = self._wanted(look_at_sshd(self.command).inodes)
            state = look_at_sshd(self.command, wanted)
            answers = self.options.confirm is not None and answering(state) is not None
            before = Expected(state.addresses, answers)
            self.expected = Expected(wanted, answers)
        if self.options.confirm is not None:
            from sshkeep.reload.trial import TrialStart

            command = self.running.command if self.running else ()
            self.trial = TrialStart(self.options.confirm, self.changed, before, command)

    def _wanted(self, own: Collection[int]) -> tuple[Address, ...]:
        """Where the new config makes sshd listen. Raises SshkeepError for an address that it can't have."""
        from sshkeep.reload.listening import (
            MAX_SOCKETS,
            blocked_addresses,
            listening_addresses,
            self_blocked,
            without_ipv6,
        )
        from sshkeep.reload.running_sshd import listens_where_config_says

        if not self.command.follows_config or not listens_where_config_says(
            self.running.arguments if self.running else ()
        ):
            return ()
        everywhere = listening_addresses(self.new)
        if len(everywhere) > MAX_SOCKETS:
            most = f"sshd exits if it has to listen on more than {MAX_SOCKETS} addresses"
            raise SshkeepError(f"{most}; these are {len(everywhere)}", "nothing was written")
        wanted = without_ipv6(everywhere)
        blocked = [*blocked_addresses(wanted, own), *self_blocked(wanted)]
        before = listening_addresses(self.old)
        as_before = {*before} if not self_blocked(wanted) else {each.address for each in self_blocked(before)}
        refused = [each for each in blocked if each.address not in as_before]
        if refused or (wanted and len(blocked) == len(wanted)):
            places = " and ".join(map(str, refused or blocked))
            raise SshkeepError(f"sshd could not listen on {places}", "nothing was written")
        unavailable = {each.address for each in blocked}  # as before
        return tuple(each for each in wanted if each not in unavailable)

    def before_writing(self, state: HeldDirectory, record: Record) -> None:
        """Start the timer of a trial. Raises SshkeepError, and then nothing may be written."""
        if self.trial:
            self.trial.begin(state, record)

    def not_written(self) -> None:
        """The write has failed, and left everything as it was."""
        if self.trial:
            with suppress(SshkeepError):
                self.trial.abandon()

    def reload(self, record: str) -> Reloaded:
        """Reload sshd, and look. Raises SshkeepError where it does not run with the new files."""
        from sshkeep.reload.reload_sshd import Expected, reload_sshd

        command = find_reload_command(self.changed, find_running_sshd_where_shown())
        seen = reload_sshd(command, self.expected or Expected())
        lines = (f"note: {command.why}", *seen.steps) if command.why else seen.steps
        if self.trial:
            return _on_trial(self.trial, seen, lines, _done(command, seen))
        if seen.problem:
            raise SshkeepError(
                seen.problem, f"the new files stay{_how_to_start(command)}, or `sshkeep undo {record}` first"
            )
        done = f"{_done(command, seen)}; sessions that are open keep their old settings"
        return Reloaded(lines, done if command.commands else "written and in effect")


def _done(command: ReloadCommand, seen: Seen) -> str:
    """ "sshd was reloaded" is printed only where that was seen."""
    if not command.commands:
        return "in effect"
    return "sshd was reloaded" if seen.shown else f"`{command.shown}` has succeeded"


def _on_trial(trial: TrialStart, seen: Seen, lines: tuple[str, ...], done: str) -> Reloaded:
    from sshkeep.reload.trial import THIS_MACHINE
    from sshkeep.state.trial_marker import format_time

    until = format_time(trial.finish(seen, THIS_MACHINE).until)
    todo = "log in again from another terminal; if that works: sshkeep confirm; otherwise it is taken back"
    return Reloaded(lines, f"{done}, on trial until {until}: {todo}")


def _how_to_start(command: ReloadCommand) -> str:
    from shlex import join

    return f"; start it with `{join(command.start[-1])}`" if command.start else ""
