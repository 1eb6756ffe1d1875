"""Limits on connections: MaxStartups, PerSourceMaxStartups, PerSourceNetBlockSize, PerSourcePenalties."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sshkeep.errors import in_quotes
from sshkeep.openssh.releases import (
    DECIMAL_TIMES,
    MAX_STARTUPS_CHECKED,
    MAX_STARTUPS_FIRST,
    MAX_STARTUPS_LONE_BEGIN,
    NET_BLOCK_DEFAULT,
    Release,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value
from sshkeep.openssh.values.numbers import (
    INT_MAX,
    parse_decimal_time,
    parse_integer,
)
from sshkeep.openssh.values.value_type import Printing, Texts

_UNSET = -1
"""What servconf.c has in a number that is not set. A line may write it there again, up to 9.1."""
_SCANNED = re.compile(r"[ \t\r\n\v\f]*([+-]?[0-9]{1,400})")
"""A ``%d`` of sscanf(3); what follows the last one is ignored."""


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


def max_startups(arguments: Arguments) -> str | Mapping[str, int | str]:
    """``begin:rate:max``; of one number alone the rate stays at its default, 30."""
    numbers = scanned(arguments.words[0], 3)
    release = arguments.target.release
    fits = len(numbers) == 1 or (len(numbers) == 3 and numbers[0] <= numbers[2] and 1 <= numbers[1] <= 100)
    if not fits or (release >= MAX_STARTUPS_CHECKED and (numbers[0] <= 0 or numbers[-1] <= 0)):
        raise BadValue(f"{in_quotes(arguments.words[0])} is not begin:rate:max")
    parts = (
        dict(zip(("begin", "rate", "max"), numbers, strict=True))
        if len(numbers) == 3
        else {"begin": numbers[0], "max": numbers[0]}
    )
    if release < MAX_STARTUPS_FIRST:
        return parts
    if len(numbers) == 1 and release < MAX_STARTUPS_LONE_BEGIN:
        parts["begin"] = 10
    return f"{parts['begin']}:{parts.get('rate', 30)}:{parts['max']}"


def source_block(arguments: Arguments) -> str:
    """PerSourceNetBlockSize: ``v4`` or ``v4:v6``."""
    numbers = scanned(arguments.words[0], 2)
    fits = [0 <= number <= most for number, most in zip(numbers, (32, 128), strict=False)]
    if not numbers or not all(fits):
        raise BadValue(f"{in_quotes(arguments.words[0])} is not v4 or v4:v6, up to 32 and 128")
    # Up to 10.2 a variable that nothing was put into; it was 0 in every program looked at.
    lone = 128 if arguments.target.release >= NET_BLOCK_DEFAULT else 0
    return f"{numbers[0]}:{numbers[1] if len(numbers) > 1 else lone}"


def integer_or_none(arguments: Arguments) -> int | str:
    """PerSourceMaxStartups."""
    if arguments.words[0] == "none":
        return "none"
    number = parse_integer(arguments.words[0])
    if number is None:
        raise BadValue(f"{in_quotes(arguments.words[0])} is neither a number nor none")
    return number if number < INT_MAX else "none"


PENALTIES_SINCE: dict[str, Release] = {
    **dict.fromkeys(("crash", "authfail", "noauth", "grace-exceeded", "max", "min"), Release(9, 8)),
    "refuseconnection": Release(9, 9),
    "invaliduser": Release(10, 3),
}
"""Times of PerSourcePenalties, and the release that brought each."""
OVERFLOWS = ("deny-all", "permissive")


def penalties(arguments: Arguments) -> Mapping[str, int | str]:
    """PerSourcePenalties: ``no``, ``yes``, or parts, each obtained first-come.

    A part switches penalties on, even behind a ``no``.
    """
    parts: dict[str, int | str] = {}
    for text in arguments.words:
        if text.lower() in ("yes", "no"):
            if (
                text != arguments.words[-1]
                or arguments.words[-1:] != arguments.words[arguments.words.index(text) :]
            ):
                raise BadValue(f"{text} must stand alone")
            parts.setdefault("enabled", text.lower())
            continue
        name, value = _penalty(text, arguments)
        parts.setdefault(name, value)
    return parts


def _penalty(text: str, arguments: Arguments) -> tuple[str, int | str]:
    name, colon, value = text.partition(":")
    release = arguments.target.release
    if colon and name in PENALTIES_SINCE and PENALTIES_SINCE[name] <= release:
        seconds = parse_decimal_time(value, release)
        if seconds is None:
            raise BadValue(f"{in_quotes(value)} is not a time")
        return name, f"{seconds:f}" if release >= DECIMAL_TIMES else int(seconds)
    if colon and name in ("max-sources4", "max-sources6"):
        number = parse_integer(value)
        if number is None:
            raise BadValue(f"{in_quotes(value)} is not a number")
        return name, number
    if name in ("overflow", "overflow6") and value in OVERFLOWS:
        return name, value
    raise BadValue(f"{in_quotes(text)} is not a penalty")


def print_startups(value: Value, printing: Printing) -> Texts:
    """``BEGIN:RATE:MAX``; what is not set is at its default."""
    if not isinstance(value, Mapping):
        return (str(value),)
    defaults = zip(("begin", "rate", "max"), printing.default()[0].split(":"), strict=True)
    numbers = [(value.get(name, _UNSET), default) for name, default in defaults]
    return (":".join(str(default if number == _UNSET else number) for number, default in numbers),)


def print_penalties(value: Value, printing: Printing) -> Texts:
    """servconf.c dump_config: all parts, those that are not set at their default."""
    assert isinstance(value, Mapping)
    if value == {"enabled": "no"}:
        return ("no",)
    parts = {"overflow6": value["overflow"], **value} if "overflow" in value else value
    pairs = [piece.partition(":") for piece in printing.default()[0].split()]
    return (" ".join(f"{name}:{parts.get(name, default)}" for name, _, default in pairs),)
