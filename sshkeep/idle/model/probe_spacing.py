"""How often an idle session should be probed: the figure behind lint, fix, policies and advice."""

from __future__ import annotations

DEFAULT_SPACING = 60
"""Seconds: cheap, and below every timeout that is common on a path, except that of some proxies."""
RACE_MARGIN = 1.0
"""Seconds: a probe so shortly before the timeout may come in time or not."""


def is_too_late(spacing: float, path_timeout: float) -> bool:
    """Whether the path may have forgotten the session when the next probe comes."""
    return spacing >= path_timeout - RACE_MARGIN


def has_no_margin(spacing: float, path_timeout: float) -> bool:
    """Whether a single lost or late probe ends the session."""
    return spacing > path_timeout / 2


def recommended_spacing(path_timeout: float | None) -> int:
    """Whole seconds from one probe to the next on a path with this timeout; None: the timeout is not known.

    At most half of the timeout, so that one lost or late probe does no harm; at least 1.
    """
    if path_timeout is None:
        return DEFAULT_SPACING
    return int(max(min(DEFAULT_SPACING, path_timeout // 2), 1))
