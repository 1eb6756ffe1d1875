"""Settings as ``sshd -T`` and ``ssh -G`` print them, except for the order of lines."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.tree.config import Config
from sshkeep.openssh.tables.defaults import print_line


def openssh_lines(evaluated: Evaluated, config: Config, only: tuple[str, ...] = ()) -> Iterator[str]:
    """One line for each right-hand side, sorted by keyword; ``only`` are lower-case names, none for all."""
    for name in sorted(only or evaluated.lines):
        for text in evaluated.lines.get(name, ()):
            yield print_line(name, text, config.kind, config.target)
