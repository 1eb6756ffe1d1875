"""One config tree: its top files, its target, and which of its files the user asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.config.local_machine import MachineFacts
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import FileSystem, OverlayFileSystem
from sshkeep.config.tree.load import TopFile, load_config
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import Target


class Tree(NamedTuple):
    """``shown`` are the paths whose findings are reported; None means all files of the tree."""

    tops: tuple[TopFile, ...]
    kind: Kind
    target: Target
    files: FileSystem
    shown: frozenset[str] | None = None
    installed: bool = False
    """Whether the target is what this machine has installed."""
    fragment: bool = False
    """Whether it is a drop-in without a main file that includes it."""
    facts: MachineFacts | None = None
    """Facts of this machine, where the files are its own."""

    @property
    def name(self) -> str:
        """The top file's path, as the user named it."""
        return self.tops[0].path

    def load(self, changed: Mapping[str, bytes] | None = None) -> Config:
        """The config, with another content for the files in ``changed``. Raises as `load_config`."""
        files = OverlayFileSystem(self.files, changed) if changed else self.files
        return load_config(self.tops, self.kind, self.target, files, fragment=self.fragment, facts=self.facts)

    def shows(self, path: str) -> bool:
        """Whether findings in the file ``path`` are reported."""
        return self.shown is None or path in self.shown
