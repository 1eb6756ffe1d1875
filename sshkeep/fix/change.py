"""What becomes of one file."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """The file at ``path`` (as the config names it) goes from ``before`` to ``after``.

    ``before`` is None for a file that is to be made, ``after`` for one that is to go.
    """

    path: str
    before: bytes | None
    after: bytes | None
