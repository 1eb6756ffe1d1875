"""Trees that can be changed: read to the last line."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.load import MAX_INCLUDE_DEPTH
from sshkeep.errors import SshkeepError
from sshkeep.trees.tree import Tree


def whole(tree: Tree, changed: Mapping[str, bytes] | None = None) -> Config:
    """The tree's config, some files with other content. Raises SshkeepError where some can't be read."""
    config = tree.load(changed)
    if config.unread:
        raise SshkeepError(
            f"{config.unread[0].path}: {config.unread[0].why}", "without it no fix can be trusted"
        )
    if config.too_deep:
        raise SshkeepError(
            f"{config.too_deep[0].directive.where}: Includes are nested more than {MAX_INCLUDE_DEPTH} deep",
            "OpenSSH refuses that; does a file include itself?",
        )
    return config


def changeable(tree: Tree) -> Config:
    """The same; also raises SshkeepError for a tree in which OpenSSH's lines are not the file's."""
    config = whole(tree)
    for path, file in config.files.items():
        if file.cut:
            raise SshkeepError(f"{path} holds a NUL byte, which cuts a line", "mend that by hand first")
    return config
