"""The table that `sshkeep idle --list-paths` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.model.network_path import ExpiryAction, NetworkPath
from sshkeep.output.terminal import Terminal, cells, padded
from sshkeep.output.wrapping import wrapped
from sshkeep.phrase import Phrase, in_turn

ACTIONS: dict[ExpiryAction, str] = {
    "silent": Phrase("then drops packets"),
    "rst": Phrase("then answers with a reset"),
    "rst-inside": Phrase("then answers the client with a reset, and drops what the server sends"),
    "close": Phrase("then closes both connections"),
    "recreate": Phrase("then knows the connection again after a packet from the client"),
    "unknown": "",
}
COUNTS = {
    True: "",
    False: Phrase("TCPKeepAlive does not count"),
    None: Phrase("whether TCPKeepAlive counts is not known"),
}


TIME_WIDTH, MIN_LABEL = 14, 24
"""Columns of a timeout, and for the name of a device beside it."""


def path_lines(paths: Sequence[NetworkPath], terminal: Terminal) -> Iterator[str]:
    """For each path: name, timeout and device; below, what it does after the timeout, and the source."""
    width = max(len(path.name) for path in paths) + 2
    for path in paths:
        label = terminal.show(path.label)
        first = f"{path.name:<{width}}{terminal.say(format_duration(path.timeout))}"
        head, more = padded(first, width + TIME_WIDTH), " " * (width + TIME_WIDTH)
        if cells(head) + MIN_LABEL > terminal.width:
            yield terminal.paint(first[:width], "bold") + first[width:]
            yield from wrapped(label, terminal.width, "  ", "  ")
        else:
            first, *others = wrapped(label, terminal.width, head, more)
            yield terminal.paint(first[:width], "bold") + first[width:]
            yield from others
        about = [ACTIONS[path.on_expiry], COUNTS[path.counts_kernel]]
        if path.configurable:
            about.append(Phrase("can be set to {time}", time=format_duration_range(*path.configurable)))
        text = terminal.show(in_turn([*filter(None, about), Phrase("source: {source}", source=path.source)]))
        yield from (terminal.paint(line, "dim") for line in wrapped(text, terminal.width, "  ", "  "))
