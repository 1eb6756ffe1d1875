"""From what a call names to config trees: paths on disk, or files in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import (
    DiskOfOneCall,
    FileSystem,
    MemoryFileSystem,
    OverlayFileSystem,
    UnreadableFile,
    describe_read_error,
)
from sshkeep.errors import SshkeepError
from sshkeep.trees.discover import LoadedTrees, any_tree_for, merge_trees, tree_for, tree_options
from sshkeep.trees.other_machine import MachineFiles, OtherMachine
from sshkeep.trees.search import Search
from sshkeep.trees.this_machine import own_files
from sshkeep.trees.tree import Tree

PathLike = str | os.PathLike[str]
Paths = PathLike | Iterable[PathLike]
STDIN = "-"
Contents = Mapping[str, bytes | str]
"""Paths to contents."""
FilesInMemory = Contents | OtherMachine
"""A whole tree in memory: files that are nobody's, or another machine's."""


class Inputs:
    """Reads the configs of one call. ``errors`` are sentences about what can't be read.

    ``missing``: Includes of files that are not this machine's, for which nothing was found. ``files`` is a
    whole tree in memory, in which nothing of the disk is read; ``unsaved`` are contents that take the place
    of those on disk, such as an editor's. With ``openssh_only``, settings files of other client programs
    can't be read. ``search`` finds the configs of a folder. ``home`` is what
    ``~`` of Includes stands for. Raises SshkeepError for a kind, target or root that is none.
    """

    def __init__(
        self,
        kind: str | None = None,
        target: str = "auto",
        root: PathLike | None = None,
        files: FilesInMemory | None = None,
        unsaved: Contents | None = None,
        *,
        openssh_only: bool = False,
        search: Search | None = None,
        home: str = "",
    ) -> None:
        source: FileSystem = DiskOfOneCall()
        if unsaved:
            source = OverlayFileSystem(source, _bytes(unsaved))
        if isinstance(files, OtherMachine):
            source = MachineFiles(files, _bytes(unsaved or {}))
        elif files is not None:
            source = MemoryFileSystem({**_bytes(files), **_bytes(unsaved or {})})
        self.request = tree_options(kind, target, as_text(root), source)._replace(home_named=home.rstrip("/"))
        self.openssh_only = openssh_only
        self.search = search or Search()
        self.named = tuple(source.files) if isinstance(source, MemoryFileSystem) else ()
        self.errors: dict[str, None] = {}
        self._loaded: LoadedTrees = {}
        self.missing: dict[str, None] = {}

    def fail(self, sentence: str, hint: str = "") -> None:
        """Note what could not be done; the rest of the work goes on."""
        self.errors[f"{sentence} ({hint})" if hint else sentence] = None

    def trees(self, paths: Paths = (), stdin: tuple[str, bytes] | None = None) -> list[Tree]:
        """The trees that ``paths`` belong to, each once, sorted; without any, this machine's.

        ``stdin`` is what the path ``-`` stands for, a file that is read alone: its name, from which its
        Includes are looked for, and its content.
        """
        named = _names(paths)
        names = named or list(self.named or own_files())
        if not names:
            raise SshkeepError("this machine has no OpenSSH configuration", "name a file to lint")
        if named and not self.request.in_memory:
            names = [name for name in names if name == STDIN or not self.search.leaves_out(name)]
        found = []
        for name in names:
            if name == STDIN and stdin:
                found += self._tree(*stdin)
                continue
            for file in self._configs_in(name):
                found += self._tree(file)
        if not named:
            return merge_trees(found)
        # A report does not depend on the order of the arguments. A file has its own name, not a link's.
        found.sort(key=lambda tree: (not tree.in_memory and os.path.islink(tree.name), tree.name))
        return sorted(merge_trees(found), key=lambda tree: tree.name)

    def _tree(self, path: str, data: bytes | None = None) -> list[Tree]:
        find = tree_for if self.openssh_only else any_tree_for
        try:
            return [find(path, self.request, data, self._loaded)]
        except (OSError, UnreadableFile, SshkeepError) as error:
            self.fail(*describe_read_error(path, error))
            return []

    def _configs_in(self, path: str) -> list[str]:
        if self.request.in_memory or not os.path.isdir(path):
            return [path]
        try:
            found = self.search.configs_in(path)
        except SshkeepError as error:
            self.fail(error.sentence, error.hint)
            return []
        for closed in self.search.unreadable:
            self.fail(f"can't read the directory {closed.filename}: {closed.strerror}")
        return found

    def configs(
        self, trees: Iterable[Tree], load: Callable[[Tree], Config] | None = None
    ) -> Iterator[tuple[Tree, Config]]:
        """Each tree with its config; what can't be read is left out."""
        for tree in trees:
            try:
                config = (load or self._load)(tree)
            except (OSError, UnreadableFile, SshkeepError) as error:
                self.fail(*describe_read_error(tree.name, error))
                continue
            for unread in config.unread:
                self.fail(f"{unread.path}: {unread.why}; {tree.name} includes it, so not all can be known")
            self.missing.update(dict.fromkeys(config.not_found))
            yield tree, config

    def _load(self, tree: Tree) -> Config:
        """The config; the one that showed which files are the tree's, if it was read for that."""
        known = self._loaded.get(tree.name)
        if known is None or known.tree != tree._replace(shown=None):
            return tree.load()
        return self._loaded.pop(tree.name).config


def as_text(path: PathLike | None) -> str | None:
    """A path as a text; None for none."""
    return None if path is None else os.fspath(path)


def _names(paths: Paths) -> list[str]:
    """One path, or several, as texts."""
    if isinstance(paths, str | os.PathLike):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]


def _bytes(files: Contents) -> dict[str, bytes]:
    return {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}
