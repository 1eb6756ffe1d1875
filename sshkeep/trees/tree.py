"""One config tree: its top files, its target, and the files to report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sshkeep.config.local_machine import MachineFacts
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import FileSystem, OverlayFileSystem, is_in_memory
from sshkeep.config.tree.load import MAX_INCLUDE_DEPTH, IncludeNames, TopFile, load_config
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import CLIENT_TITLES, Kind
from sshkeep.openssh.targets import Target
from sshkeep.phrase import Phrase

MAX_EDITABLE_SETTINGS = 500_000
"""The config is in memory before and after a change, and the proof compares all lines of both."""


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
    target_given: bool = False
    """Whether somebody chose the target, so that it is not only the one that suits the file."""
    facts: MachineFacts | None = None
    """Facts of this machine, where the files are its own."""

    @property
    def name(self) -> str:
        """The top file's path, as the user named it."""
        return self.tops[0].path

    @property
    def in_memory(self) -> bool:
        """Whether the files are not this machine's, so that nothing can be written to them."""
        return is_in_memory(self.files)

    @property
    def is_read_here(self) -> bool:
        """Whether the config means this machine: its homes, its groups, its names and its environment.

        That are its own files, and any file on disk that is read with the root ``/``.
        """
        place = self.tops[0].place
        return not self.in_memory and (place.live or place.root == "/")

    @property
    def is_client_program(self) -> bool:
        """Whether it is the settings file of a client program other than OpenSSH."""
        return self.kind in CLIENT_TITLES

    def load(
        self, changed: Mapping[str, bytes] | None = None, include_names: IncludeNames | None = None
    ) -> Config:
        """The config, with other content for the files in ``changed``. Raises as `load_config`."""
        files = OverlayFileSystem(self.files, changed) if changed else self.files
        if self.is_client_program:
            from sshkeep.idle.clients.client_config import load_client_config
            from sshkeep.idle.clients.registry import find_client_program

            return load_client_config(find_client_program(self.kind), self.name, files.read(self.name))
        return load_config(
            self.tops,
            self.kind,
            self.target,
            files,
            fragment=self.fragment,
            facts=self.facts,
            include_names=include_names,
        )

    def load_complete(self, changed: Mapping[str, bytes] | None = None) -> Config:
        """The same. Raises SshkeepError where a file of the tree can't be read: then no fix can be proven."""
        config = self.load(changed)
        if config.unread:
            raise SshkeepError(
                f"{config.unread[0].path}: {config.unread[0].why}", "without it no fix can be trusted"
            )
        if len(config.entries) + len(config.blocks) > MAX_EDITABLE_SETTINGS:
            raise SshkeepError(
                f"{self.name}: more than {MAX_EDITABLE_SETTINGS:,} settings",
                "sshkeep changes no larger config",
            )
        if config.too_deep:
            where = config.too_deep[0].directive.where
            raise SshkeepError(
                f"{where}: Includes are nested more than {MAX_INCLUDE_DEPTH} deep",
                "OpenSSH refuses that; does a file include itself?",
            )
        return config

    def load_editable(self) -> Config:
        """The complete config. Also raises SshkeepError where OpenSSH reads other lines than the file has."""
        config = self.load_complete()
        for path, file in config.files.items():
            if file.wide:
                raise SshkeepError(
                    f"{path} is {file.wide.title}, which OpenSSH can't read",
                    "`sshkeep fix --write` makes it UTF-8",
                )
            if file.cut:
                raise SshkeepError(f"{path} holds a NUL byte, which cuts a line", "repair that by hand first")
        return config

    def shows(self, path: str) -> bool:
        """Whether findings in the file ``path`` are reported."""
        return self.shown is None or path in self.shown


def target_names(trees: Iterable[Tree]) -> list[str]:
    """The targets that the trees are read for, each once, and why it is that one."""
    return list(dict.fromkeys(map(_target_name, trees)))


def _target_name(tree: Tree) -> str:
    name = tree.target.name
    if tree.installed:
        return Phrase("{target}, as installed", target=name)
    if tree.target_given or tree.is_client_program:
        return name
    return Phrase("{target}, the newest, since no --target is given", target=name)
