"""How an end of a session goes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sshkeep.idle.model.endpoint import Endpoint, Role, TimeRange
from sshkeep.idle.timeline.events import exit_time

ExitReason = Literal["gives up", "leaves", "reset", "closed", "told"]
"""How an end goes: it has waited long enough for an answer; it leaves without having asked (a count of 0); it
gets a reset; the path closes the connection; the other end says goodbye."""


class EndpointExit(NamedTuple):
    """One end goes, seconds after the last packet."""

    role: Role
    at: TimeRange
    how: ExitReason

    @property
    def seen(self) -> TimeRange:
        """The range as it is shown: a second or so is none."""
        low, high = self.at
        return TimeRange(low if high - low > max(1.0, high / 50) else high, high)


def exit_unanswered(side: Endpoint, heard: float) -> EndpointExit | None:
    """How an end goes that hears nothing since ``heard`` seconds; None where it waits for ever."""
    at = exit_time(side, heard)
    return at and EndpointExit(
        side.role, at, "leaves" if side.count_max == 0 and not side.sends_probes else "gives up"
    )
