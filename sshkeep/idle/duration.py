"""Seconds in the units that people use."""

from __future__ import annotations

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def format_duration(seconds: float) -> str:
    """``45 s``, ``5 min 50 s``, ``2 h 11 min``, ``5 days``: two units at most, rounded to the smaller one.

    Tenths are shown below ten seconds only.
    """
    if seconds < 9.95 and (tenths := round(seconds, 1)) != int(tenths):
        return f"{tenths} s"
    if (whole := round(seconds)) < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return _two(whole, _MINUTE, "min", 1, "s")
    if (minutes := round(seconds / _MINUTE) * _MINUTE) < _DAY:
        return _two(minutes, _HOUR, "h", _MINUTE, "min")
    hours = round(seconds / _HOUR) * _HOUR
    return _two(hours, _DAY, "day" if hours < 2 * _DAY else "days", _HOUR, "h")


def format_duration_range(low: float, high: float) -> str:
    """``45 s``, ``35 to 40 min``, ``14 min 45 s to 15 min``: one time if both look the same."""
    first, last = format_duration(low), format_duration(high)
    if first == last:
        return last
    number, _, unit = first.partition(" ")
    alike = " " not in unit and last.endswith(f" {unit}") and last.count(" ") == 1
    return f"{number if alike else first} to {last}"


def _two(seconds: int, size: int, unit: str, smaller: int, smaller_unit: str) -> str:
    rest = seconds % size // smaller
    return f"{seconds // size} {unit}" + (f" {rest} {smaller_unit}" if rest else "")
