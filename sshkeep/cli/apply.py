"""What `fix` and `set` do with their plans: ask the installed OpenSSH, write, reload."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from sshkeep.cli.run import Run
from sshkeep.cli.written_report import WrittenReport
from sshkeep.config.model import Config
from sshkeep.config.refused import clashes, refused_lines
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.reload.after_write import PlannedReload, ReloadOptions, is_live_sshd, reload_notice
from sshkeep.reload.changed_options import changed_options
from sshkeep.trees.tree import Tree
from sshkeep.validate.check import validate_changes
from sshkeep.validate.result import ValidationResult


class Planned(Protocol):
    """A change of one tree, and its proof."""

    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def old(self) -> Config: ...
    @property
    def config(self) -> Config: ...


class Applied(NamedTuple):
    """``record`` is the number of what was written, empty for nothing; ``lines`` are to be printed.

    ``state`` is the last one: whether sshd has read what was written, and what is left to do for that.
    """

    record: str = ""
    lines: tuple[str, ...] = ()
    state: str = ""

    @property
    def summary(self) -> str:
        """One sentence on the files that were changed; empty for none."""
        if not self.record:
            return ""
        return f"the files were changed; take it back with: sshkeep undo {self.record}"


class Task(NamedTuple):
    """What to do with plans. ``command`` and ``reasons`` go into the record."""

    command: str
    reasons: tuple[str, ...]
    write: bool
    reload: ReloadOptions

    @property
    def reloads(self) -> bool:
        """Whether sshd is to read what is written."""
        return self.write and self.reload.given


def apply_changes(plans: Sequence[tuple[Tree, Planned]], task: Task, run: Run) -> Applied:
    """Write all changes of all trees together, unless the installed OpenSSH refuses one.

    ``run`` gets the errors.
    """
    changing = [(tree, plan) for tree, plan in plans if plan.changes]
    lines: list[str] = []
    for tree, plan in changing:
        validation = validate_changes(tree, plan.config, plan.changes)
        lines.append(validation.summary)
        if validation.status == "refused" and not _was_refused(tree, plan.old):
            run.failed(_refusal(validation), "nothing was written")
            return Applied()
        if task.reloads and is_live_sshd(tree) and validation.status != "accepted":
            # sshd exits when it reads files that it refuses, and then nobody can log in.
            run.failed(
                f"sshd is not reloaded on files that it has not accepted: {validation.summary}",
                "nothing was written; without --reload and --confirm it would be",
            )
            return Applied()
    if not changing or not task.write:
        return Applied(lines=tuple(lines))
    planned = None
    try:
        planned = _planned_reload(changing, task)
        record = _write(changing, task, planned)
    except SshkeepError as error:
        run.failed(error.sentence, error.hint)
        return Applied(lines=tuple(lines))
    lines.append(f"take it back with: sshkeep undo {record}")
    applied = Applied(record, tuple(lines))
    with WrittenReport(applied.summary):  # a user may interrupt the reload
        return _reload(changing, applied, task, planned, run)


def _was_refused(tree: Tree, old: Config) -> bool:
    """Whether the old files are refused, too: a change may fix one of several refused lines."""
    return bool(refused_lines(old) or clashes(old)) or validate_changes(tree, old, ()).status == "refused"


def _refusal(validation: ValidationResult) -> str:
    stderr = validation.stderr.strip().splitlines()
    return f"{validation.summary}: {stderr[-1]}" if stderr else validation.summary


def _live(changing: Iterable[tuple[Tree, Planned]]) -> list[Planned]:
    return [plan for tree, plan in changing if is_live_sshd(tree)]


def _changed(plans: Iterable[Planned]) -> set[str]:
    return {name for plan in plans for name in changed_options(plan.old, plan.config)}


def _planned_reload(changing: Iterable[tuple[Tree, Planned]], task: Task) -> PlannedReload | None:
    """The reload that the options ask for. Raises SshkeepError where it could not work."""
    live = _live(changing)
    if not live or not task.reloads:
        return None
    planned = PlannedReload(task.reload, live[0].old, live[0].config, _changed(live))
    planned.check()
    return planned


def _write(changing: Iterable[tuple[Tree, Planned]], task: Task, planned: PlannedReload | None) -> str:
    # Imported here, since they need pydantic, and a run that writes nothing does not.
    from sshkeep.state.record import About
    from sshkeep.write.ownership import check_ownership
    from sshkeep.write.transaction import write_changes

    for tree, plan in changing:
        check_ownership(tree.name, plan.changes)
    changes = [change for _, plan in changing for change in plan.changes]
    targets = ", ".join(dict.fromkeys(tree.target.name for tree, _ in changing))
    about = About(task.command, task.reasons, targets)
    try:
        return write_changes(changes, about, planned.before_writing if planned else None).id
    except BaseException:
        if planned:
            planned.not_written()
        raise


def _reload(
    changing: Iterable[tuple[Tree, Planned]],
    applied: Applied,
    task: Task,
    planned: PlannedReload | None,
    run: Run,
) -> Applied:
    """What follows from the write for sshd."""
    live = _live(changing)
    if planned is None and not live:
        why = "sshd was not reloaded: none of these files is this machine's sshd's"
        return applied._replace(lines=(*applied.lines, why)) if task.reloads else applied
    try:
        reloaded = planned.reload(applied.record) if planned else reload_notice(_changed(live))
    except SshkeepError as error:
        run.failed(error.sentence, error.hint)
        on_trial = planned is not None and planned.trial is not None
        return applied._replace(
            state="not in effect: see the error" if on_trial else "written, and not in effect"
        )
    return applied._replace(lines=(*applied.lines, *reloaded.lines), state=reloaded.state)
