"""What `fix` and `set` do with what they have planned: ask the real program, write, reload."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sshkeep.cli.run import Run
from sshkeep.config.model import Config
from sshkeep.config.refused import clashes, refused_lines
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.reload.after_write import ReloadOptions, check_reload_options, is_live_sshd, reload_after_write
from sshkeep.reload.changed_options import changed_options
from sshkeep.trees.tree import Tree
from sshkeep.validate.check import validate_changes

if TYPE_CHECKING:  # pydantic, which a dry run does without
    from sshkeep.validate.result import ValidationResult


class Planned(Protocol):
    """A change to one tree, proven."""

    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def old(self) -> Config: ...
    @property
    def config(self) -> Config: ...


class Applied(NamedTuple):
    """``record`` is that of the written change, empty where nothing was written; ``lines`` are to be told."""

    record: str = ""
    lines: tuple[str, ...] = ()


class Task(NamedTuple):
    """What is to be done with plans; ``command`` and ``reasons`` go into the record."""

    command: str
    reasons: tuple[str, ...]
    write: bool
    wish: ReloadOptions


def apply_changes(plans: Sequence[tuple[Tree, Planned]], task: Task, run: Run) -> Applied:
    """All changes of all trees in one transaction, once the installed OpenSSH has accepted what it can judge.

    What goes wrong is told by ``run``.
    """
    changing = [(tree, plan) for tree, plan in plans if plan.changes]
    lines: list[str] = []
    for tree, plan in changing:
        judgement = validate_changes(tree, plan.config, plan.changes)
        lines.append(judgement.summary)
        if judgement.status == "refused" and not _refused_before(tree, plan.old):
            run.failed(_refusal(judgement), "nothing was written")
            return Applied()
        if _reloads(task) and is_live_sshd(tree) and judgement.status != "accepted":
            # An sshd that is told to read files that it refuses is gone, and nobody gets in any more.
            run.failed(
                f"sshd is not reloaded on files that it has not accepted: {judgement.summary}",
                "nothing was written; without --reload and --confirm it would be",
            )
            return Applied()
    if not changing or not task.write:
        return Applied(lines=tuple(lines))
    try:
        record = _written(changing, task)
    except SshkeepError as error:
        run.failed(error.sentence, error.hint)
        return Applied(lines=tuple(lines))
    lines.append(f"take it back with: sshkeep undo {record}")
    return Applied(record, (*lines, *_reloaded(changing, record, task, run)))


def _reloads(task: Task) -> bool:
    return task.write and (task.wish.reload or task.wish.confirm is not None)


def _refused_before(tree: Tree, old: Config) -> bool:
    """A change may mend one line of several that are refused."""
    return bool(refused_lines(old) or clashes(old)) or validate_changes(tree, old, ()).status == "refused"


def _refusal(judgement: ValidationResult) -> str:
    said = judgement.stderr.strip().splitlines()
    return f"{judgement.summary}: {said[-1]}" if said else judgement.summary


def _written(changing: Iterable[tuple[Tree, Planned]], task: Task) -> str:
    from sshkeep.state.record import About
    from sshkeep.write.ownership import check_ownership
    from sshkeep.write.transaction import write_changes

    for tree, plan in changing:
        check_ownership(tree.name, plan.changes)
    changes = [change for _, plan in changing for change in plan.changes]
    targets = ", ".join(dict.fromkeys(tree.target.name for tree, _ in changing))
    return write_changes(changes, About(task.command, task.reasons, targets)).id


def _reloaded(changing: Iterable[tuple[Tree, Planned]], record: str, task: Task, run: Run) -> Sequence[str]:
    live = [plan for tree, plan in changing if is_live_sshd(tree)]
    if not live:
        why = "sshd was not reloaded: none of these files is this machine's sshd's"
        return [why] if _reloads(task) else []
    try:
        return reload_after_write(
            task.wish, record, {name for plan in live for name in changed_options(plan.old, plan.config)}
        )
    except SshkeepError as error:
        run.failed(error.sentence, error.hint)
        return []


def reload_options(reload: bool, confirm: int | None, *, write: bool) -> ReloadOptions:
    """Raises SshkeepError where the options don't go together, or a trial is running."""
    wanted = ReloadOptions(reload, confirm)
    check_reload_options(wanted, write=write)
    return wanted
