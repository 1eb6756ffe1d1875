"""The paths that have names, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.model.network_path import ExpiryAction, NetworkPath
from sshkeep.output.terminal import Terminal, safe
from sshkeep.output.wrapping import wrapped

THEN: dict[ExpiryAction, str] = {
    "silent": "then drops what comes",
    "rst": "then answers with a reset",
    "rst-inside": "then answers the client with a reset, and drops what the server sends",
    "close": "then closes both sides",
    "recreate": "knows it again from a packet of the client",
    "unknown": "",
}
COUNTS = {True: "", False: "TCPKeepAlive does not count", None: "whether TCPKeepAlive counts is not known"}


def path_lines(paths: Sequence[NetworkPath], terminal: Terminal) -> Iterator[str]:
    """For each path: its name, its timeout and what it is; below, what it does then and who says so."""
    name = max(len(path.name) for path in paths) + 2
    for path in paths:
        timeout = format_duration(path.timeout)
        yield f"{terminal.paint(f'{path.name:<{name}}', 'bold')}{timeout:<14}{safe(path.shown)}"
        more = [THEN[path.on_expiry], COUNTS[path.counts_kernel]]
        if path.configurable:
            more.append(f"may be set to {format_duration_range(*path.configurable)}")
        about = "; ".join([*filter(None, more), f"source: {path.source}"])
        yield from (terminal.paint(line, "dim") for line in wrapped(safe(about), terminal.width, "  ", "  "))
