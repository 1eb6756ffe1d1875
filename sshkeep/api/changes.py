"""Changes that are planned but not written: ask the installed OpenSSH about them, write them, reload sshd."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.refusals import refused_lines
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.reload.after_write import ReloadOptions, is_live_sshd, reload_after_write
from sshkeep.reload.changed_options import changed_options
from sshkeep.trees.tree import Tree
from sshkeep.validate.check import validate_changes
from sshkeep.validate.result import ValidationResult

NO_RELOAD = ReloadOptions()


class Planned(Protocol):
    """A change of one tree, and its proof."""

    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def old(self) -> Config: ...
    @property
    def config(self) -> Config: ...


class Applied(NamedTuple):
    """What became of changes. ``record`` is the number for `sshkeep undo`, empty if nothing was written.

    ``lines``: what the installed OpenSSH said, how to take it back, how to reload. ``errors``: sentences.
    """

    record: str = ""
    lines: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


NOT_APPLIED = Applied()


class Task(NamedTuple):
    """What to do with plans. ``command`` and ``reasons`` go into the record."""

    command: str
    reasons: tuple[str, ...] = ()
    write: bool = False
    reload: ReloadOptions = NO_RELOAD

    @property
    def reloads(self) -> bool:
        """Whether sshd is to read what is written."""
        return self.write and self.reload.given


class Changes:
    """Planned changes of one call, written together or not at all."""

    def __init__(
        self, plans: Sequence[tuple[Tree, Planned]], command: str, reasons: Sequence[str] = ()
    ) -> None:
        self.plans = plans
        self.task = Task(command, tuple(reasons))

    def validate(self) -> Applied:
        """Ask the installed OpenSSH about the changes; nothing is written."""
        return apply_changes(self.plans, self.task)

    def write(self, reload: ReloadOptions = NO_RELOAD) -> Applied:
        """Write all files, unless the installed OpenSSH refuses them; then reload sshd as ``reload`` asks."""
        return apply_changes(self.plans, self.task._replace(write=True, reload=reload))


def apply_changes(plans: Sequence[tuple[Tree, Planned]], task: Task) -> Applied:
    """Write all changes of all trees together, unless the installed OpenSSH refuses one."""
    changing = [(tree, plan) for tree, plan in plans if plan.changes]
    lines: list[str] = []
    for tree, plan in changing:
        validation = validate_changes(tree, plan.config, plan.changes)
        lines.append(validation.summary)
        if validation.status == "refused" and not _was_refused(tree, plan.old):
            return Applied(errors=(f"{_refusal(validation)} (nothing was written)",))
        if task.reloads and is_live_sshd(tree) and validation.status != "accepted":
            # sshd exits when it reads files that it refuses, and then nobody can log in.
            error = (
                f"sshd is not reloaded on files that it has not accepted: {validation.summary} "
                "(nothing was written; without --reload and --confirm it would be)"
            )
            return Applied(errors=(error,))
    if not changing or not task.write:
        return Applied(lines=tuple(lines))
    try:
        record = _write(changing, task)
    except SshkeepError as error:
        return Applied(lines=tuple(lines), errors=(str(error),))
    lines.append(f"take it back with: sshkeep undo {record}")
    try:
        return Applied(record, (*lines, *_reload(changing, record, task)))
    except SshkeepError as error:
        return Applied(record, tuple(lines), (str(error),))


def _was_refused(tree: Tree, old: Config) -> bool:
    """Whether the old files are refused, too: a change may fix one of several refused lines."""
    return bool(refused_lines(old) or conflicts(old)) or validate_changes(tree, old, ()).status == "refused"


def _refusal(validation: ValidationResult) -> str:
    stderr = validation.stderr.strip().splitlines()
    return f"{validation.summary}: {stderr[-1]}" if stderr else validation.summary


def _write(changing: Iterable[tuple[Tree, Planned]], task: Task) -> str:
    # Imported here, since they need pydantic, and a run that writes nothing does not.
    from sshkeep.state.record import About
    from sshkeep.write.ownership import check_ownership
    from sshkeep.write.transaction import write_changes

    for tree, plan in changing:
        check_ownership(tree.name, plan.changes)
    changes = [change for _, plan in changing for change in plan.changes]
    targets = ", ".join(dict.fromkeys(tree.target.name for tree, _ in changing))
    return write_changes(changes, About(task.command, task.reasons, targets)).id


def _reload(changing: Iterable[tuple[Tree, Planned]], record: str, task: Task) -> Sequence[str]:
    live = [plan for tree, plan in changing if is_live_sshd(tree)]
    if not live:
        why = "sshd was not reloaded: none of these files is this machine's sshd's"
        return [why] if task.reloads else []
    changed = {name for plan in live for name in changed_options(plan.old, plan.config)}
    return reload_after_write(task.reload, record, changed)
