"""What all commands do around their work: trees from paths, and errors as one sentence each."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from sshkeep.cli.exits import Exit
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import MAX_FILE_BYTES, UnreadableFile, describe_read_error
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import safe
from sshkeep.trees.discover import configs_in, merge_trees, tree_for, tree_options
from sshkeep.trees.this_machine import STDIN_NAME, own_files
from sshkeep.trees.tree import Tree

STDIN = "-"


class Run:
    """One call of sshkeep: collects what went wrong and the exit code."""

    def __init__(self, kind: str | None, target: str, root: str | None, quiet: bool = False) -> None:
        self.request = tree_options(kind, target, root)
        self.quiet = quiet
        self.exit = Exit.FINE
        self.missing: dict[str, None] = {}
        self.errors: list[str] = []

    def ended(self, code: Exit) -> None:
        """Note an outcome; the worst one is the exit code."""
        self.exit = max(self.exit, code)

    def failed(self, sentence: str, hint: str = "") -> None:
        """Something could not be done; the rest of the work goes on."""
        self.ended(Exit.FAILED)
        told = f"{sentence} ({hint})" if hint else sentence
        if told not in self.errors:  # a config is read once for each target
            self.errors.append(told)
            tell(told)

    def trees(self, paths: list[str], stdin_name: str = "") -> list[Tree]:
        """The trees that ``paths`` name, each once; what can't be opened is told and left out."""
        paths = paths or own_files()
        if not paths:
            raise SshkeepError("this machine has no OpenSSH configuration", "name a file to lint")
        found = []
        for path in paths:
            for file in self._expanded(path):
                try:
                    if file == STDIN:
                        found.append(tree_for(stdin_name or STDIN_NAME, self.request, read_stdin()))
                    else:
                        found.append(tree_for(file, self.request))
                except (OSError, UnreadableFile, SshkeepError) as error:
                    self.failed(*describe_read_error(file, error))
        return merge_trees(found)

    def _unreadable(self, error: OSError) -> None:
        self.failed(f"can't read the directory {error.filename}: {error.strerror}")

    def _expanded(self, path: str) -> list[str]:
        try:
            return configs_in(path, self._unreadable) if path != STDIN and os.path.isdir(path) else [path]
        except SshkeepError as error:
            self.failed(error.sentence, error.hint)
            return []

    def configs(self, trees: list[Tree]) -> Iterator[tuple[Tree, Config]]:
        """Each tree with its config; what can't be read is told and left out."""
        for tree in trees:
            try:
                config = tree.load()
            except (OSError, UnreadableFile, SshkeepError) as error:
                self.failed(*describe_read_error(tree.name, error))
                continue
            for unread in config.unread:
                self.failed(f"{unread.path}: {unread.why}; {tree.name} includes it, so not all can be told")
            self.missing.update(dict.fromkeys(config.not_found))
            yield tree, config

    def tell_missing(self) -> None:
        """Say once which Includes of files that are not this machine's were not found."""
        if self.missing and not self.quiet:
            tell(f"note: nothing found for Include {', '.join(self.missing)} (--root DIR says where to look)")


def read_stdin() -> bytes:
    """All of standard input. Raises Unreadable past the size sshkeep reads."""
    if sys.stdin is None:
        raise UnreadableFile("standard input is closed")
    data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(f"larger than {MAX_FILE_BYTES // 1024 // 1024} MiB")
    return data


def tell(sentence: str) -> None:
    """A sentence on standard error, behind what standard output has said so far."""
    sys.stdout.flush()
    sys.stderr.write(f"sshkeep: {safe(sentence)}\n")
