"""Values made of several numbers or names: RekeyLimit, MaxStartups, penalties, timeouts, IPQoS."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sshkeep.openssh.releases import (
    DECIMAL_TIMES,
    LISTS_ON_THE_SIDE,
    MAX_STARTUPS_CHECKED,
    MAX_STARTUPS_FIRST,
    MAX_STARTUPS_LONE_BEGIN,
    NET_BLOCK_DEFAULT,
    Release,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, shown
from sshkeep.openssh.values.numbers import (
    INT_MAX,
    parse_decimal_time,
    parse_integer,
    parse_size,
    parse_time,
)

MIN_REKEY = 16
_UNSET = -1
"""What servconf.c has in a number that is not set, so that a line may write it there."""
_SCANNED = re.compile(r"[ \t\r\n\v\f]*([+-]?[0-9]{1,400})")
"""A ``%d`` of sscanf(3); what follows the last one is ignored."""


def rekey_limit(given: Arguments) -> Mapping[str, int | str]:
    """Bytes (0 for the cipher's own limit) and, where given, seconds; each is obtained first-come."""
    text = given.words[0]
    size = 0 if text == "default" else parse_size(text)
    if size is None:
        raise BadValue(f"{shown(text)} is not a size")
    if size and size < MIN_REKEY:
        raise BadValue(f"{shown(text)} is below {MIN_REKEY} bytes")
    compared_raw = given.kind == "sshd_config" and not given.splits_argv
    # servconf.c up to 8.6 compares all that is left of the line.
    more = compared_raw and len(given.words) > 1 and (given.quoted[1] or given.open_quote)
    bare_none = given.words[1:2] == ("none",) and not more
    if len(given.words) < 2 and given.open_quote:
        raise BadValue("a quote is not closed")
    if len(given.words) < 2 or bare_none:
        return {"size": size}
    seconds = parse_time(given.words[1], given.target.release)
    if seconds is None:
        raise BadValue(f"{shown(given.words[1])} is not a time")
    return {"size": size, "time": seconds}


def scanned(text: str, most: int) -> list[int]:
    """The numbers that sscanf(3) reads of ``a:b:c``, ``most`` at most."""
    numbers: list[int] = []
    at = 0
    while len(numbers) < most:
        number = _SCANNED.match(text, at)
        if not number:
            break
        numbers.append(_as_int(number[1]))
        at = number.end()
        if text[at : at + 1] != ":":
            break
        at += 1
    return numbers


def _as_int(digits: str) -> int:
    """A long, clamped, then cut to an int of 32 bits, as ``%d`` stores it."""
    return (min(max(int(digits), -(2**63)), 2**63 - 1) + 2**31) % 2**32 - 2**31


def max_startups(given: Arguments) -> str | Mapping[str, int | str]:
    """``begin:rate:max``; of one number alone the rate stays at its default, 30."""
    numbers = scanned(given.words[0], 3)
    release = given.target.release
    fits = len(numbers) == 1 or (len(numbers) == 3 and numbers[0] <= numbers[2] and 1 <= numbers[1] <= 100)
    if not fits or (release >= MAX_STARTUPS_CHECKED and (numbers[0] <= 0 or numbers[-1] <= 0)):
        raise BadValue(f"{shown(given.words[0])} is not begin:rate:max")
    parts = (
        dict(zip(("begin", "rate", "max"), numbers, strict=True))
        if len(numbers) == 3
        else {"begin": numbers[0], "max": numbers[0]}
    )
    if release < MAX_STARTUPS_FIRST:
        return {name: number for name, number in parts.items() if number != _UNSET}
    if len(numbers) == 1 and release < MAX_STARTUPS_LONE_BEGIN:
        parts["begin"] = 10
    return f"{parts['begin']}:{parts.get('rate', 30)}:{parts['max']}"


def source_block(given: Arguments) -> str:
    """PerSourceNetBlockSize: ``v4`` or ``v4:v6``."""
    numbers = scanned(given.words[0], 2)
    fits = [0 <= number <= most for number, most in zip(numbers, (32, 128), strict=False)]
    if not numbers or not all(fits):
        raise BadValue(f"{shown(given.words[0])} is not v4 or v4:v6, up to 32 and 128")
    # Up to 10.2 a variable that nothing was put into; it was 0 in every program looked at.
    lone = 128 if given.target.release >= NET_BLOCK_DEFAULT else 0
    return f"{numbers[0]}:{numbers[1] if len(numbers) > 1 else lone}"


def integer_or_none(given: Arguments) -> int | str:
    """PerSourceMaxStartups."""
    if given.words[0] == "none":
        return "none"
    number = parse_integer(given.words[0])
    if number is None:
        raise BadValue(f"{shown(given.words[0])} is neither a number nor none")
    return number if number < INT_MAX else "none"


PENALTIES: dict[str, Release] = {
    **dict.fromkeys(("crash", "authfail", "noauth", "grace-exceeded", "max", "min"), Release(9, 8)),
    "refuseconnection": Release(9, 9),
    "invaliduser": Release(10, 3),
}
"""Times of PerSourcePenalties, and the release that brought each."""
OVERFLOWS = ("deny-all", "permissive")


def penalties(given: Arguments) -> Mapping[str, int | str]:
    """PerSourcePenalties: ``no``, ``yes``, or parts, each obtained first-come.

    A part switches penalties on, even behind a ``no``.
    """
    parts: dict[str, int | str] = {}
    for text in given.words:
        if text.lower() in ("yes", "no"):
            if text != given.words[-1] or given.words[-1:] != given.words[given.words.index(text) :]:
                raise BadValue(f"{text} must stand alone")
            parts.setdefault("enabled", text.lower())
            continue
        name, value = _penalty(text, given)
        parts.setdefault(name, value)
    return parts


def _penalty(text: str, given: Arguments) -> tuple[str, int | str]:
    name, colon, value = text.partition(":")
    release = given.target.release
    if colon and name in PENALTIES and PENALTIES[name] <= release:
        seconds = parse_decimal_time(value, release)
        if seconds is None:
            raise BadValue(f"{shown(value)} is not a time")
        return name, f"{seconds:f}" if release >= DECIMAL_TIMES else int(seconds)
    if colon and name in ("max-sources4", "max-sources6"):
        number = parse_integer(value)
        if number is None:
            raise BadValue(f"{shown(value)} is not a number")
        return name, number
    if name in ("overflow", "overflow6") and value in OVERFLOWS:
        return name, value
    raise BadValue(f"{shown(text)} is not a penalty")


def channel_timeouts(given: Arguments) -> tuple[str, ...]:
    """ChannelTimeout: ``none`` alone, or ``type=time`` words; up to 9.6, ``none`` may come last."""
    for count, text in enumerate(given.words, 1):
        if text.lower() == "none":
            last = count == len(given.words) and given.target.release < LISTS_ON_THE_SIDE
            if len(given.words) > 1 and not last:
                raise BadValue("none must stand alone", stops=False)
            continue
        name, equals, time = text.partition("=")
        if not name or not equals or (parse_time(time, given.target.release) or 0) < 0:
            raise BadValue(f"{shown(text)} is not type=time", stops=True)
        if parse_time(time, given.target.release) is None:
            raise BadValue(f"{shown(time)} is not a time", stops=True)
    return given.words
