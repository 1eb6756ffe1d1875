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


def path_lines(paths: Sequence[NetworkPath], terminal: Terminal) -> Iterator[str]:
    """For each path: name, timeout and device; below, what it does after the timeout, and the source."""
    width = max(len(path.name) for path in paths) + 2
    for path in paths:
        name = terminal.paint(f"{path.name:<{width}}", "bold")
        yield f"{name}{format_duration(path.timeout):<14}{safe(path.label)}"
        about = [ACTIONS[path.on_expiry], COUNTS[path.counts_kernel]]
        if path.configurable:
            about.append(f"can be set to {format_duration_range(*path.configurable)}")
        text = "; ".join([*filter(None, about), f"source: {path.source}"])
        yield from (terminal.paint(line, "dim") for line in wrapped(safe(text), terminal.width, "  ", "  "))
