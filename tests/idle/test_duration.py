"""Seconds as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sshkeep.idle.duration import format_duration, format_duration_range

SAID = [
    (0, "0 s"),
    (0.2, "0.2 s"),
    (3.0, "3 s"),
    (9.94, "9.9 s"),
    (9.96, "10 s"),
    (45, "45 s"),
    (59.4, "59 s"),
    (59.6, "1 min"),
    (60, "1 min"),
    (350, "5 min 50 s"),
    (600, "10 min"),
    (924.6, "15 min 25 s"),
    (3599.7, "1 h"),
    (3600, "1 h"),
    (7200, "2 h"),
    (7230, "2 h"),  # to the even minute, as Python rounds
    (7875, "2 h 11 min"),
    (86399, "1 day"),
    (86400, "1 day"),
    (90000, "1 day 1 h"),
    (172799, "2 days"),
    (432000, "5 days"),
    (2**31, "24855 days 3 h"),
]

RANGES = [
    (60, 60, "1 min"),
    (44, 45, "44 to 45 s"),
    (2100, 2400, "35 to 40 min"),
    (885, 900, "14 min 45 s to 15 min"),
    (59, 60, "59 s to 1 min"),
    (924.6, 1849.4, "15 min 25 s to 30 min 49 s"),
    (7874.8, 7875, "2 h 11 min"),
    (86400, 172800, "1 day to 2 days"),
    (172800, 432000, "2 to 5 days"),
]


@pytest.mark.parametrize(("seconds", "words"), SAID)
def test_seconds(seconds: float, words: str) -> None:
    assert format_duration(seconds) == words


@pytest.mark.parametrize(("low", "high", "words"), RANGES)
def test_ranges(low: float, high: float, words: str) -> None:
    assert format_duration_range(low, high) == words


UNITS = {"s": 1, "min": 60, "h": 3600, "day": 86400, "days": 86400}


@given(st.floats(0, 2**40))
def test_what_is_said_is_off_by_half_of_the_smaller_unit_at_most(seconds: float) -> None:
    words = format_duration(seconds).split()
    told = sum(float(number) * UNITS[unit] for number, unit in zip(words[::2], words[1::2], strict=True))
    step = 0.1 if seconds < 9.95 else 1 if seconds < 3600 else 60 if seconds < 86400 else 3600
    assert abs(told - seconds) <= step / 2 + 1e-6
