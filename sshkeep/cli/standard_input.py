"""The config that ``-`` stands for."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sshkeep.api.inputs import STDIN, Inputs
from sshkeep.config.tree.file_system import MAX_FILE_BYTES, UnreadableFile
from sshkeep.trees.this_machine import STDIN_NAME
from sshkeep.trees.tree import Tree


def trees_of(inputs: Inputs, paths: Sequence[str] | None, stdin_filename: str) -> list[Tree]:
    """The trees of the paths on a command line, ``-`` among them."""
    named = list(paths or ())
    if STDIN not in named:
        return inputs.trees(named)
    try:
        return inputs.trees(named, (stdin_filename or STDIN_NAME, _read_stdin()))
    except UnreadableFile as error:
        inputs.fail(f"{STDIN}: {error}")
        others = [path for path in named if path != STDIN]
        return inputs.trees(others) if others else []


def _read_stdin() -> bytes:
    """All of standard input. Raises UnreadableFile past the size that sshkeep reads."""
    if sys.stdin is None:
        raise UnreadableFile("standard input is closed")
    data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(f"larger than {MAX_FILE_BYTES // 1024 // 1024} MiB")
    return data
