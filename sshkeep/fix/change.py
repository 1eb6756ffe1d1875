"""The change of one file."""

from __future__ import annotations

from sshkeep.config.tree.config import Config
from sshkeep.named import NamedTuple


class Change(NamedTuple):
    """The content of the file at ``path`` (as the config names it), before and after.

    ``before`` is None for a new file, ``after`` for a file to delete.
    """

    path: str
    before: bytes | None
    after: bytes | None


def data_of(path: str, config: Config) -> bytes | None:
    """The content of a file of the config; None for one that does not exist."""
    return config.files[path].source.data if path in config.files else None
