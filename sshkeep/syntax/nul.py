"""The lines of a file with NUL bytes as OpenSSH reads them: as C strings, which a NUL ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

MARGIN = b" \t\r"
"""What load_server_config (servconf.c) strips off the front of each line."""


class AsRead(NamedTuple):
    """What OpenSSH takes for one line.

    ``number`` is the file's line (from 0) that its first bytes stand in; ``raw[:own]`` is from there, and
    what follows is from the lines glued to it.
    """

    number: int
    raw: bytes
    own: int


def lines_as_read(lines: Iterable[bytes], ends_line: Callable[[bytes], bool]) -> Iterator[AsRead]:
    """``ends_line`` says, for what stands before a NUL, whether the line ends all the same.

    Where it does not, the newline is lost with all else behind the NUL, and the next line is glued on.
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
