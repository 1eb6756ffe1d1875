"""The drop-ins that may hold a setting, by the Includes of the main file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.include_paths import resolve_include
from sshkeep.errors import SshkeepError
from sshkeep.syntax.words import BadQuotes
from sshkeep.trees.tree import Tree

NAMES = ("50-sshkeep.conf", "10-sshkeep.conf", "00-sshkeep.conf", "00-00-sshkeep.conf")
"""From the latest in the order of reading to the earliest."""


def drop_in_paths(tree: Tree, config: Config, name: str = "") -> list[str]:
    """Paths of drop-ins to try in this order, existing ones first. Raises SshkeepError if there is none."""
    folders = list(dict.fromkeys(_patterns(tree, config)))
    if not folders:
        raise SshkeepError(
            f"{tree.name} includes no folder of drop-ins outside any block",
            "without --drop-in, sshkeep edits the file itself",
        )
    if "/" in name:
        raise SshkeepError(f"{name!r} is not a file name")
    fitting = [
        os.path.join(folder, each)
        for each in ((name,) if name else NAMES)
        for folder, pattern in folders
        if fnmatchcase(each, pattern) and not each.startswith(".") and os.path.isdir(folder or ".")
    ]
    if not fitting:
        wanted = ", ".join(os.path.join(*each) for each in folders)
        raise SshkeepError(f"no Include of {wanted} would read {name or NAMES[0]}, or its folder is missing")
    return sorted(fitting, key=lambda path: path not in config.files)


def _patterns(tree: Tree, config: Config) -> Iterator[tuple[str, str]]:
    """Folder and pattern of the file names, for each Include with a pattern in the top file."""
    top = config.files[config.tops[0]]
    for entry in config.lines("include"):
        if entry.block is not None or entry.directive.file is not top:
            continue
        try:
            words = entry.directive.words("words")
        except BadQuotes:
            continue
        for word in words:
            wanted = resolve_include(word.text, tree.tops[0].place)
            folder, pattern = os.path.split(wanted.path) if wanted else ("", "")
            if "*" in pattern and "*" not in folder:
                yield folder, pattern
