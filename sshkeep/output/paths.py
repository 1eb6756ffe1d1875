"""The paths that have names, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.idle.duration import said
from sshkeep.idle.known_paths import PATHS
from sshkeep.idle.path import Expiry
from sshkeep.output.terminal import Terminal

THEN: dict[Expiry, str] = {
    "silent": "then drops what comes",
    "rst": "then resets",
    "close": "then closes both sides",
    "recreate": "knows it again from a packet of the client",
    "unknown": "",
}


def path_lines(terminal: Terminal) -> Iterator[str]:
    """A line for each path: name, what it is, its timeout, and what it does then."""
    name = max(len(path.name) for path in PATHS) + 2
    shown = max(len(path.shown) for path in PATHS) + 2
    for path in PATHS:
        line = f"{path.name:<{name}}{said(path.timeout):<14}{path.shown:<{shown}}{THEN[path.on_expiry]}"
        yield line.rstrip()[: max(terminal.width, name + 14 + 30)]
