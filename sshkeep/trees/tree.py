"""One tree to work on: where it starts, what it is read for, and which of its files were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.config.facts import Facts
from sshkeep.config.files import Files, Overlay
from sshkeep.config.load import Top, load_config
from sshkeep.config.model import Config
from sshkeep.openssh.keyword import Kind
from sshkeep.openssh.targets import Target


class Tree(NamedTuple):
    """``shown`` holds the paths whose findings are wanted; None for all files of the tree."""

    tops: tuple[Top, ...]
    kind: Kind
    target: Target
    files: Files
    shown: frozenset[str] | None = None
    installed: bool = False
    """The target is what this machine has installed."""
    fragment: bool = False
    """A drop-in whose main file is not there, or does not include it."""
    facts: Facts | None = None
    """This machine, where the files are its own."""

    @property
    def name(self) -> str:
        """The top file's path, as the person named it."""
        return self.tops[0].path

    def load(self, changed: Mapping[str, bytes] | None = None) -> Config:
        """The config, with some files' content replaced. Raises as `load_config` does."""
        files = Overlay(self.files, changed) if changed else self.files
        return load_config(self.tops, self.kind, self.target, files, fragment=self.fragment, facts=self.facts)

    def shows(self, path: str) -> bool:
        """Whether findings in the file ``path`` were asked for."""
        return self.shown is None or path in self.shown
