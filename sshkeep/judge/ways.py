"""The ways in which an installed program gets to see what is about to be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sshkeep.config.model import Config
from sshkeep.fix.change import Change
from sshkeep.judge.judgement import CannotAsk
from sshkeep.judge.programs import check_command
from sshkeep.judge.run import Answer, ask
from sshkeep.trees.tree import Tree

PLACE = "/tmp"  # noqa: S108 - its sticky bit keeps a folder ours; TMPDIR may be anybody's
LAID_OVER = "with the new files laid over the old ones where only it sees them"
AS_COPY = "on a private copy of the new files"
AS_IT_IS = "on the files as they are"


class Asked(NamedTuple):
    """An answer, and how it was got."""

    answer: Answer
    how: str


Way = Callable[[str, Tree, Config, Sequence[Change]], Asked]
"""Program, tree as it is, config with the changes, the changes. Raises CannotAsk."""


def ways(tree: Tree, changes: Sequence[Change]) -> list[Way]:
    """The best first; the others are for where it can't be had.

    A client's files are always copied: ssh has no option to say which is the system's.
    """
    if tree.kind == "ssh_config":
        return [_on_a_copy]
    if not changes:
        return [_as_they_are]
    from sshkeep.judge.laid_over import may_mount

    return [_laid_over, _on_a_copy] if may_mount() else [_on_a_copy]


def as_it_is(program: str, tree: Tree) -> Asked:
    """Ask about the files as they are."""
    return Asked(ask(check_command(tree.kind, program, os.path.abspath(tree.name))), AS_IT_IS)


def _as_they_are(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> Asked:
    return as_it_is(program, tree)


def _laid_over(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> Asked:
    from sshkeep.judge.laid_over import binds, entering

    with _private_folder() as folder:
        enter = entering(binds(changes, folder))
        return Asked(ask(check_command(tree.kind, program, os.path.abspath(tree.name)), enter), LAID_OVER)


def _on_a_copy(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> Asked:
    from sshkeep.judge.copied import copy_tree

    if config.unread:
        raise CannotAsk(f"{config.unread[0].path}: {config.unread[0].why}")
    with _private_folder() as folder:
        code, said = ask(check_command(tree.kind, program, copy_tree(tree.tops, config, folder)))
        return Asked(Answer(code, said.replace(folder, "")), AS_COPY)


@contextmanager
def _private_folder() -> Iterator[str]:
    """A directory of our own that goes afterwards. Raises CannotAsk where there is no room for one."""
    from shutil import rmtree
    from tempfile import mkdtemp

    try:
        folder = mkdtemp(prefix="sshkeep-judge-", dir=PLACE)
    except OSError as error:
        raise CannotAsk(f"can't make a copy in {PLACE}: {error.strerror}") from None
    try:
        yield folder
    except OSError as error:
        raise CannotAsk(f"can't make a copy in {PLACE}: {error.strerror}") from None
    finally:
        rmtree(folder, ignore_errors=True)
