"""Changes that are planned but not written: ask the installed OpenSSH about them, write them, reload sshd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from sshkeep.config.effective.conflicts import is_refused
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.proof.refusals import why_refused
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase
from sshkeep.reload.after_write import PlannedReload, ReloadOptions, is_live_sshd, reload_notice
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

    ``lines``: what the installed OpenSSH printed, how to take it back, what sshd did. ``errors``: sentences.
    ``state``: whether sshd has read what was written, and what is left to do; empty for other files.
    ``refused``: for each config that OpenSSH refuses with the changes, as it did before: where, and why.
    """

    record: str = ""
    lines: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    state: str = ""
    refused: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The lines, what keeps the changes from taking effect, and the state."""
        state = (self.state,) if self.state else ()
        return (*self.lines, *map(refused_sentence, self.refused), *state)


def refused_sentence(refused: str) -> str:
    """The sentence on a config that OpenSSH refuses."""
    return f"no setting takes effect as long as {refused}"


NOT_APPLIED = Applied()

OnWritten = Callable[[str], None]
"""Gets the record's number as soon as the files are written, whatever becomes of the reload."""


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

    def write(
        self, reload: ReloadOptions = NO_RELOAD, on_written: OnWritten = lambda record: None
    ) -> Applied:
        """Write all files, unless the installed OpenSSH refuses them; then reload sshd as ``reload`` asks.

        Raises SshkeepError for files in memory: a file on disk with such a path is another one.
        """
        if any(tree.in_memory for tree, _ in self.plans):
            raise SshkeepError(
                "these files are in memory, and can't be written", "`changes` has their new content"
            )
        return apply_changes(self.plans, self.task._replace(write=True, reload=reload), on_written)


def apply_changes(
    plans: Sequence[tuple[Tree, Planned]], task: Task, on_written: OnWritten = lambda record: None
) -> Applied:
    """Write all changes of all trees together, unless the installed OpenSSH refuses one."""
    changing = [(tree, plan) for tree, plan in plans if plan.changes]
    lines: list[str] = []
    refused = {tree.name: why_refused(plan.config) for tree, plan in plans if not plan.changes}
    for tree, plan in changing:
        if tree.is_client_program:
            continue  # none of these programs can check a file
        validation = validate_changes(tree, plan.config, plan.changes)
        lines.append(validation.summary)
        refused[tree.name] = _still_refused(validation, plan.config)
        if validation.status == "refused" and not _was_refused(tree, plan.old):
            return Applied(errors=(f"{_refusal(validation)} (nothing was written)",))
        if task.reloads and is_live_sshd(tree) and validation.status != "accepted":
            # sshd exits when it reads files that it refuses, and then nobody can log in.
            error = (
                f"sshd is not reloaded on files that it has not accepted: {validation.summary} "
                "(nothing was written; without --reload and --confirm it would be)"
            )
            return Applied(errors=(error,))
    applied = Applied(lines=tuple(lines), refused=tuple(dict.fromkeys(filter(None, refused.values()))))
    if not changing or not task.write:
        return applied
    try:
        planned = _planned_reload(changing, task)
        record = _write(changing, task, planned)
    except SshkeepError as error:
        return applied._replace(errors=(str(error),))
    on_written(record)
    lines.append(Phrase("to undo this change: sshkeep undo {record}", record=record))
    lines += [plan.config.to_load for _, plan in changing if plan.config.to_load]
    applied = applied._replace(record=record, lines=tuple(lines))
    if any(is_live_sshd(tree) and refused[tree.name] for tree, _ in changing):
        return applied._replace(state="written, and not in effect: sshd would exit if it were reloaded now")
    return _reload(changing, applied, task, planned)


def _still_refused(validation: ValidationResult, config: Config) -> str:
    """Where OpenSSH refuses the config, and why; what the installed program answers counts most."""
    if validation.status == "accepted":
        return ""
    why = why_refused(config)
    return why or (_refusal(validation) if validation.status == "refused" else "")


def _was_refused(tree: Tree, old: Config) -> bool:
    """Whether the old files are refused, too: a change may fix one of several refused lines."""
    return is_refused(old) or validate_changes(tree, old, ()).status == "refused"


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
    changing: Iterable[tuple[Tree, Planned]], applied: Applied, task: Task, planned: PlannedReload | None
) -> Applied:
    """What follows from the write for sshd."""
    live = _live(changing)
    if planned is None and not live:
        why = "sshd was not reloaded: none of these files is this machine's sshd's"
        return applied._replace(lines=(*applied.lines, why)) if task.reloads else applied
    try:
        reloaded = planned.reload(applied.record) if planned else reload_notice(_changed(live))
    except SshkeepError as error:
        on_trial = planned is not None and planned.trial is not None
        state = "not in effect: see the error" if on_trial else "written, and not in effect"
        return applied._replace(errors=(str(error),), state=state)
    return applied._replace(lines=(*applied.lines, *reloaded.lines), state=reloaded.state)
