"""How an end of a session goes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sshkeep.idle.packets import gives_up
from sshkeep.idle.side import Range, Role, Side

How = Literal["gives up", "leaves", "reset", "closed", "told"]
"""How an end goes: it has waited long enough for an answer; it leaves without having asked (a count of 0); it
gets a reset; the path closes the connection; the other end says goodbye."""


class Exit(NamedTuple):
    """One end goes, seconds after the last packet."""

    role: Role
    at: Range
    how: How

    @property
    def seen(self) -> Range:
        """The range as it is shown: a second or so is none."""
        low, high = self.at
        return Range(low if high - low > max(1.0, high / 50) else high, high)


def alone(side: Side, heard: float) -> Exit | None:
    """How an end goes that hears nothing since ``heard`` seconds; None where it waits for ever."""
    at = gives_up(side, heard)
    return at and Exit(side.role, at, "leaves" if side.count_max == 0 and not side.probes else "gives up")
