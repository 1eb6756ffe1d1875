"""How an installed program gets to read what is about to be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from sshkeep.config.tree.config import Config
from sshkeep.fix.change import Change
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase
from sshkeep.trees.tree import Tree
from sshkeep.validate.commands import check_command
from sshkeep.validate.result import CannotValidate
from sshkeep.validate.run_program import ProgramResult, run_program
from sshkeep.validate.scratch_directory import scratch_directory

OVERLAY = Phrase("with the new files mounted over the old ones, for sshd only")
COPY = Phrase("on a private copy of the new files")
AS_THEY_ARE = Phrase("on the files as they are")


class StrategyResult(NamedTuple):
    """The program's answer, and how it was asked."""

    result: ProgramResult
    description: str


Strategy = Callable[[str, Tree, Config, Sequence[Change]], StrategyResult]
"""Takes the program, the tree as it is, the config after the changes, and these. Raises CannotValidate."""


def strategies(tree: Tree, changes: Sequence[Change]) -> list[Strategy]:
    """The possible strategies, the best first.

    A client's files are always copied: ssh has no option for the system's file.
    """
    if tree.kind == "ssh_config":
        return [_check_copy]
    if not changes:
        return [lambda program, tree, config, changes: check_files_as_they_are(program, tree)]
    from sshkeep.validate.mount_overlay import may_mount

    return [_check_overlay, _check_copy] if may_mount() else [_check_copy]


def check_files_as_they_are(program: str, tree: Tree) -> StrategyResult:
    """Ask about the files without any change."""
    return StrategyResult(run_program(_command(program, tree)), AS_THEY_ARE)


def _check_overlay(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> StrategyResult:
    from sshkeep.validate.mount_overlay import enter_namespace, overlay_mounts

    with scratch_directory() as directory:
        enter = enter_namespace(overlay_mounts(changes, directory))
        return StrategyResult(run_program(_command(program, tree), enter), OVERLAY)


def _check_copy(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> StrategyResult:
    from sshkeep.validate.private_copy import copy_tree

    if config.unread:
        raise CannotValidate(f"{config.unread[0].path}: {config.unread[0].why}")
    with scratch_directory() as directory:
        copy = copy_tree(tree.tops, config, directory)
        code, stderr = run_program(check_command(tree.kind, program, copy))
        return StrategyResult(ProgramResult(code, stderr.replace(directory, "")), COPY)


def _command(program: str, tree: Tree) -> list[str]:
    return check_command(tree.kind, program, os.path.abspath(tree.name))
