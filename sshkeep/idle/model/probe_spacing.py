"""How often an idle session should be probed: what lint, fix and advice write rests on this."""

from __future__ import annotations

DEFAULT_SPACING = 60
"""Seconds: below every timeout that is common on a path but a proxy's, and cheap."""
RACE_MARGIN = 1.0
"""Seconds: a probe that comes so short before the timeout may win or lose."""


def is_too_late(spacing: float, path_timeout: float) -> bool:
    """Whether a path may have forgotten the session when the next probe comes."""
    return spacing >= path_timeout - RACE_MARGIN


def has_no_margin(spacing: float, path_timeout: float) -> bool:
    """Whether one probe that is lost or late is one too many."""
    return spacing > path_timeout / 2


def recommended_spacing(path_timeout: float | None) -> int:
    """Whole seconds from one probe to the next, for a path that forgets after so many; None: not known.

    Half of the timeout at most, so that one probe that is lost or late does no harm; at least 1.
    """
    if path_timeout is None:
        return DEFAULT_SPACING
    return int(max(min(DEFAULT_SPACING, path_timeout // 2), 1))
