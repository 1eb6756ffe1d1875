"""Seconds in the units that people use."""

from __future__ import annotations

from sshkeep.phrase import Phrase

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def format_duration(seconds: float) -> str:
    """``45 s``, ``5 min 50 s``, ``2 h 11 min``, ``5 days``: two units at most, rounded to the smaller one.

    Tenths are shown below ten seconds only.
    """
    if seconds < 9.95 and (tenths := round(seconds, 1)) != int(tenths):
        return Phrase("{seconds} s", seconds=tenths)
    if (whole := round(seconds)) < _MINUTE:
        return Phrase("{seconds} s", seconds=whole)
    if whole < _HOUR:
        minutes, rest = divmod(whole, _MINUTE)
        return _two(Phrase("{minutes} min", minutes=minutes), Phrase("{seconds} s", seconds=rest), rest)
    if (whole := round(seconds / _MINUTE)) < _DAY // _MINUTE:
        hours, rest = divmod(whole, _HOUR // _MINUTE)
        return _two(Phrase("{hours} h", hours=hours), Phrase("{minutes} min", minutes=rest), rest)
    days, rest = divmod(round(seconds / _HOUR), _DAY // _HOUR)
    first = Phrase("{days} day", days=days) if days == 1 else Phrase("{days} days", days=days)
    return _two(first, Phrase("{hours} h", hours=rest), rest)


def format_duration_range(low: float, high: float) -> str:
    """``45 s``, ``35 to 40 min``, ``14 min 45 s to 15 min``: one time if both look the same."""
    first, last = format_duration(low), format_duration(high)
    if first == last:
        return last
    number, _, unit = first.partition(" ")
    alike = " " not in unit and last.endswith(f" {unit}") and last.count(" ") == 1
    return Phrase("{low} to {high}", low=number if alike else first, high=last)


def _two(first: Phrase, second: Phrase, rest: int) -> Phrase:
    return Phrase("{first} {second}", first=first, second=second) if rest else first
