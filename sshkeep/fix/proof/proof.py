"""What is proven of a change."""

from __future__ import annotations

from sshkeep.config.effective.conflicts import is_refused
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple


class Proof(NamedTuple):
    """What is proven of a change, for reports.

    ``others`` counts the lines of other options. Lines ``kept`` decide an intended option in their own blocks
    as before. Lines ``newly_effective`` did not before, since a line for everyone came first.
    """

    others: int
    kept: tuple[Entry, ...]
    newly_effective: tuple[Entry, ...]
    included: int | None = None
    """The number of lines that a new Include adds before all others."""
    accepted: bool = False
    """Whether the target refused the config before and accepts it now, so that every line takes effect."""
    blocks_changed: bool = False
    """Whether a Host or Match line is read that was none before, so that others stand in another block."""


def becomes_accepted(old: Config, new: Config) -> bool:
    """Whether the target refused the config before, and accepts it now."""
    return is_refused(old) and not is_refused(new)
