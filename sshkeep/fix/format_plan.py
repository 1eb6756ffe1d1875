"""Format the files of one tree: edits of white space, with the proof that nothing else changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sshkeep.config.owners import owner_of_span
from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit
from sshkeep.edit.format_lines import format_edits
from sshkeep.edit.resolve_intents import edited_files
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change, data_of
from sshkeep.fix.proof.white_space import prove_white_space
from sshkeep.named import NamedTuple
from sshkeep.trees.tree import Tree


class FormatPlan(NamedTuple):
    """The changes, and a sentence on each file or part of one that is left alone."""

    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    left_alone: tuple[str, ...]
    old: Config
    config: Config
    """As it is after the changes."""


def plan_format(tree: Tree) -> FormatPlan:
    """Plan the format of the files that the tree shows. What can't be proven is left alone, file by file.

    Raises SshkeepError where a file can't be read.
    """
    old = tree.load_complete()
    left: dict[str, None] = {}
    by_file: dict[str, list[Edit]] = {}
    for path, file in old.files.items():
        if not tree.shows(path):
            continue
        if why := _why_unread(path, old):
            left[f"{path} is left alone: {why}"] = None
        elif edits := _own_edits(format_edits(file), old, left):
            by_file[path] = edits
    proven, new = _proven(tree, old, by_file, left)
    edits = [edit for path in proven for edit in by_file[path]]
    changes = [Change(path, data_of(path, old), after) for path, after in proven.items()]
    return FormatPlan(tuple(changes), tuple(edits), tuple(left), old, new)


def _why_unread(path: str, config: Config) -> str:
    """Why OpenSSH reads other lines than the file shows; empty where it does not."""
    file = config.files[path]
    if file.language:
        return f"it is {file.language.title}"
    if file.wide:
        return f"it is {file.wide.title}, which OpenSSH can't read"
    return "it holds a NUL byte" if file.cut else ""


def _own_edits(edits: Iterable[Edit], config: Config, left: dict[str, None]) -> list[Edit]:
    """The edits outside of what another program writes; the others are named in ``left``."""
    own = []
    for edit in edits:
        owner = owner_of_span(edit.path, edit.start, edit.end, config)
        if owner:
            where = "these lines are" if owner.first else "it is"
            left[f"{edit.path}: {owner.sentence}; {where} left alone"] = None
        else:
            own.append(edit)
    return own


def _proven(
    tree: Tree, old: Config, by_file: Mapping[str, list[Edit]], left: dict[str, None]
) -> tuple[dict[str, bytes], Config]:
    """The new content of the files whose change is proven, and the config with it.

    All are proven together. Where that fails they are tried one by one.
    """
    together = edited_files(old, [edit for edits in by_file.values() for edit in edits])
    try:
        return together, _with(together, tree, old)
    except SshkeepError:
        pass
    proven: dict[str, bytes] = {}
    new = old
    for path, after in together.items():
        try:
            new = _with({**proven, path: after}, tree, old)
        except SshkeepError as error:
            left[f"{path} is left alone: {error.sentence}"] = None
        else:
            proven[path] = after
    return proven, new


def _with(changed: Mapping[str, bytes], tree: Tree, old: Config) -> Config:
    if not changed:
        return old
    new = tree.load_complete(changed)
    prove_white_space(old, new)
    return new
