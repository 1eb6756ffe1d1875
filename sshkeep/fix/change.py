"""The change of one file."""

from __future__ import annotations

from sshkeep.named import NamedTuple


class Change(NamedTuple):
    """The content of the file at ``path`` (as the config names it), before and after.

    ``before`` is None for a new file, ``after`` for a file to delete.
    """

    path: str
    before: bytes | None
    after: bytes | None
