"""The lines of a file with NUL bytes as OpenSSH reads them: as C strings that end at a NUL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sshkeep.named import NamedTuple

MARGIN = b" \t\r"
"""The bytes that load_server_config (servconf.c) strips at the start of each line."""


class AsRead(NamedTuple):
    """One line as OpenSSH reads it.

    ``number`` is the file's line (from 0) of its first bytes. ``raw[:own]`` is from that line, the rest is
    from the lines joined to it.
    """

    number: int
    raw: bytes
    own: int


def lines_as_read(lines: Iterable[bytes], ends_line: Callable[[bytes], bool]) -> Iterator[AsRead]:
    """The lines as read. ``ends_line`` decides, by the bytes before a NUL, whether the line ends there.

    If not, the newline is lost with everything else after the NUL, and the next line is joined.
    """
    pieces: list[bytes] = []
    first = 0
    for number, line in enumerate(lines):
        piece, nul, _ = line.partition(b"\0")
        if not pieces:
            first = number
        if stripped := piece.lstrip(MARGIN):
            pieces.append(stripped if pieces else piece)
        if pieces and (not nul or ends_line(piece)):
            yield AsRead(first, b"".join(pieces), len(pieces[0]))
            pieces = []
    if pieces:
        yield AsRead(first, b"".join(pieces), len(pieces[0]))
