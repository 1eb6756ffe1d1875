"""The table that `sshkeep idle --list-paths` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.model.network_path import ExpiryAction, NetworkPath
from sshkeep.output.terminal import Terminal, safe
from sshkeep.output.wrapping import wrapped

ACTIONS: dict[ExpiryAction, str] = {
    "silent": "then drops packets",
    "rst": "then answers with a reset",
    "rst-inside": "then answers the client with a reset, and drops what the server sends",
    "close": "then closes both connections",
    "recreate": "then knows the connection again after a packet from the client",
    "unknown": "",
}
COUNTS = {True: "", False: "TCPKeepAlive does not count", None: "whether TCPKeepAlive counts is not known"}


TIME_WIDTH, MIN_LABEL = 14, 24
"""Columns of a timeout, and for the name of a device beside it."""


def path_lines(paths: Sequence[NetworkPath], terminal: Terminal) -> Iterator[str]:
    """For each path: name, timeout and device; below, what it does after the timeout, and the source."""
    width = max(len(path.name) for path in paths) + 2
    for path in paths:
        first = f"{path.name:<{width}}{format_duration(path.timeout)}"
        head, more = f"{first:<{width + TIME_WIDTH}}", " " * (width + TIME_WIDTH)
        if len(head) + MIN_LABEL > terminal.width:
            yield terminal.paint(first[:width], "bold") + first[width:]
            yield from wrapped(safe(path.label), terminal.width, "  ", "  ")
        else:
            first, *others = wrapped(safe(path.label), terminal.width, head, more)
            yield terminal.paint(first[:width], "bold") + first[width:]
            yield from others
        about = [ACTIONS[path.on_expiry], COUNTS[path.counts_kernel]]
        if path.configurable:
            about.append(f"can be set to {format_duration_range(*path.configurable)}")
        text = "; ".join([*filter(None, about), f"source: {path.source}"])
        yield from (terminal.paint(line, "dim") for line in wrapped(safe(text), terminal.width, "  ", "  "))
