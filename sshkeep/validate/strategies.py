"""The ways in which an installed program gets to see what is about to be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sshkeep.config.model import Config
from sshkeep.fix.change import Change
from sshkeep.trees.tree import Tree
from sshkeep.validate.commands import check_command
from sshkeep.validate.result import CannotValidate
from sshkeep.validate.run_program import ProgramResult, run_program

COPIES_IN = "/tmp"  # noqa: S108 - its sticky bit keeps a folder ours; TMPDIR may be anybody's
LAID_OVER = "with the new files laid over the old ones where only it sees them"
AS_COPY = "on a private copy of the new files"
AS_IT_IS = "on the files as they are"


class StrategyResult(NamedTuple):
    """An answer, and how it was got."""

    answer: ProgramResult
    summary: str


Strategy = Callable[[str, Tree, Config, Sequence[Change]], StrategyResult]
"""Program, tree as it is, config with the changes, the changes. Raises CannotAsk."""


def strategies(tree: Tree, changes: Sequence[Change]) -> list[Strategy]:
    """The best first; the others are for where it can't be had.

    A client's files are always copied: ssh has no option to say which is the system's.
    """
    if tree.kind == "ssh_config":
        return [_on_a_copy]
    if not changes:
        return [_as_they_are]
    from sshkeep.validate.mount_overlay import may_mount

    return [_laid_over, _on_a_copy] if may_mount() else [_on_a_copy]


def check_files_as_they_are(program: str, tree: Tree) -> StrategyResult:
    """Ask about the files as they are."""
    return StrategyResult(
        run_program(check_command(tree.kind, program, os.path.abspath(tree.name))), AS_IT_IS
    )


def _as_they_are(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> StrategyResult:
    return check_files_as_they_are(program, tree)


def _laid_over(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> StrategyResult:
    from sshkeep.validate.mount_overlay import enter_namespace, overlay_mounts

    with _private_folder() as folder:
        enter = enter_namespace(overlay_mounts(changes, folder))
        return StrategyResult(
            run_program(check_command(tree.kind, program, os.path.abspath(tree.name)), enter), LAID_OVER
        )


def _on_a_copy(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> StrategyResult:
    from sshkeep.validate.private_copy import copy_tree

    if config.unread:
        raise CannotValidate(f"{config.unread[0].path}: {config.unread[0].why}")
    with _private_folder() as folder:
        code, said = run_program(check_command(tree.kind, program, copy_tree(tree.tops, config, folder)))
        return StrategyResult(ProgramResult(code, said.replace(folder, "")), AS_COPY)


@contextmanager
def _private_folder() -> Iterator[str]:
    """A directory of our own that goes afterwards. Raises CannotAsk where there is no room for one."""
    from shutil import rmtree
    from tempfile import mkdtemp

    try:
        folder = mkdtemp(prefix="sshkeep-judge-", dir=COPIES_IN)
    except OSError as error:
        raise CannotValidate(f"can't make a copy in {COPIES_IN}: {error.strerror}") from None
    try:
        yield folder
    except OSError as error:
        raise CannotValidate(f"can't make a copy in {COPIES_IN}: {error.strerror}") from None
    finally:
        rmtree(folder, ignore_errors=True)
