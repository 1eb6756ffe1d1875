"""The paths that have names, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.idle.duration import said
from sshkeep.idle.path import Expiry, Path
from sshkeep.output.terminal import Terminal

THEN: dict[Expiry, str] = {
    "silent": "then drops what comes",
    "rst": "then resets",
    "rst-inside": "then resets what is inside",
    "close": "then closes both sides",
    "recreate": "knows it again from a packet of the client",
    "unknown": "",
}


def path_lines(paths: Sequence[Path], terminal: Terminal) -> Iterator[str]:
    """A line for each path: name, its timeout, what it is, and what it does then."""
    name = max(len(path.name) for path in paths) + 2
    shown = max(len(path.shown) for path in paths) + 2
    for path in paths:
        line = f"{path.name:<{name}}{said(path.timeout):<14}{path.shown:<{shown}}{THEN[path.on_expiry]}"
        yield line.rstrip()[: max(terminal.width, name + 14 + 30)]
