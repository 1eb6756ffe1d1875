"""Times, integers, ports, sizes and masks, as each release reads them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sshkeep.errors import in_quotes
from sshkeep.openssh.releases import (
    DECIMAL_TIMES,
    PLUS_SIGN_REFUSED,
    TIME_FACTOR_STICKS,
    TIMES_CHECKED,
    Release,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue
from sshkeep.phrase import Phrase

INT_MAX = 2147483647
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
# Digits, then a unit or the next number: each piece starts where the last one ended, so the scan
# is linear.
_PIECE = re.compile(
    rf"([ \t\r\n\v\f]{{0,20}}[+-]?)([0-9]*\.[0-9]+|[0-9]+)([{''.join(_UNITS)}]?)", re.IGNORECASE | re.ASCII
)
_INTEGER = re.compile(r"[ \t\r\n\v\f]*([+-]?)0*([0-9]{1,10})\Z", re.ASCII)
_OCTAL = r"[ \t\r\n\v\f]*[+-]?[0-7]+"
_SCALES = {scale: 1024**power for power, scale in enumerate("BKMGTPE")}
_SIZE = rf"[ \t\r\n\v\f]*([+-]?)([0-9.]*)(?:([{''.join(_SCALES)}])(?![A-Z0-9])|\Z)"
_MOST_DIGITS = 19
LLONG_MAX = 2**63 - 1


@lru_cache(maxsize=1024)
def parse_time(text: str, release: Release) -> int | None:
    """Seconds of a time such as ``90``, ``1h30m``; None where ``release`` calls it invalid.

    misc.c convtime: units s m h d w in either case, added up; decimals (seconds only, cut to whole
    ones) and one seconds piece at most from 10.3; blanks and a sign before a number, as strtol(3) has
    them, up to 9.7. Up to 8.4 the sum is an
    unchecked int, and up to 8.3 a number without unit takes the factor of the piece before it.
    """
    total, factor, at, seconds_pieces = 0.0, 1, 0, 0
    while at < len(text) or not text:
        piece = _PIECE.match(text, at)
        if not piece:
            return None
        lead, number, unit = piece.group(1), piece.group(2), piece.group(3).lower()
        seconds_pieces += unit in ("", "s")
        if not _piece_allowed(lead, number, unit, seconds_pieces, release):
            return None
        factor = _factor(unit, factor, release)
        total += float(number) * factor
        at = piece.end()
    if release < TIMES_CHECKED:
        return _wrapped(total)
    return int(total) if total <= INT_MAX else None


def _factor(unit: str, before: int, release: Release) -> int:
    """misc.c convtime up to 8.3 never set the multiplier back: ``1m30`` was 31 minutes."""
    return before if unit in ("", "s") and release <= TIME_FACTOR_STICKS else _UNITS[unit]


def _wrapped(total: float) -> int | None:
    """A long cut to an int: 2147483648 becomes a negative interval; -1 alone is taken for an error."""
    if total >= LLONG_MAX:
        return None
    value = (int(total) + 2**31) % 2**32 - 2**31
    return None if value == -1 else value


def _piece_allowed(lead: str, number: str, unit: str, seconds_pieces: int, release: Release) -> bool:
    if release >= DECIMAL_TIMES:
        return not lead and seconds_pieces <= 1 and ("." not in number or unit in ("", "s"))
    if "." in number or (lead and release >= PLUS_SIGN_REFUSED):
        return False
    return not lead.endswith("-") or not number.strip("0")


def parse_decimal_time(text: str, release: Release) -> float | None:
    """As `parse_time`, with the fraction of a second that convtime_double keeps from 10.3."""
    seconds = parse_time(text, release)
    if seconds is None or release < DECIMAL_TIMES or "." not in text:
        return seconds
    piece = next(p for p in _PIECE.finditer(text) if "." in p.group(2))
    return seconds + float("0." + piece.group(2).partition(".")[2])


def is_digits(text: str) -> bool:
    """Whether the text is a number as C reads it: Python's own digits are of all scripts, ``²`` too."""
    return text.isascii() and text.isdigit()


def parse_integer(text: str, least: int = 0, most: int = INT_MAX) -> int | None:
    """strtonum(3): decimal, ``least`` to ``most``; None for anything else."""
    found = _INTEGER.match(text)
    if not found:
        return None
    number = int(found[1] + found[2])  # without thousands of zeros, which int() refuses
    return number if least <= number <= most else None


def time(arguments: Arguments) -> int | None:
    """Seconds; readconf.c parse_time takes ``none`` for unset."""
    if arguments.kind == "ssh_config" and arguments.words[0] == "none":
        return None
    return _seconds(arguments)


def time_or_none(arguments: Arguments) -> int:
    """UnusedConnectionTimeout: ``none`` is 0."""
    return 0 if arguments.words[0].lower() == "none" else _seconds(arguments)


def _seconds(arguments: Arguments) -> int:
    text = arguments.words[0]
    seconds = parse_time(text, arguments.target.release)
    if seconds is None:
        raise BadValue(Phrase("{text} is not a time", text=in_quotes(text)))
    return seconds


def integer(arguments: Arguments) -> int:
    """misc.c atoi_err."""
    number = parse_integer(arguments.words[0])
    if number is None:
        text = in_quotes(arguments.words[0])
        raise BadValue(Phrase("{text} is not a number from 0 to {most}", text=text, most=INT_MAX))
    return number


def port(arguments: Arguments) -> int | str:
    """A number, or the name of a service, which only the system knows (misc.c a2port)."""
    return checked_port(arguments.words[0])


def checked_port(text: str, least: int = 1) -> int | str:
    """misc.c a2port; raises BadValue for what can be neither a port nor a service's name."""
    number = parse_port(text, least)
    if number is None:
        raise BadValue(f"{in_quotes(text)} is not a port")
    return number


def parse_port(text: str, least: int = 1) -> int | str | None:
    """A port, a service's name from the list that every system has, or None."""
    number = parse_integer(text, least, 65535)
    return number if number is not None or is_digits(text.lstrip("+-")) else service(text)


@cache
def service(name: str) -> int | None:
    """The TCP port of a service, as getservbyname(3) finds it in /etc/services."""
    import socket

    try:
        return socket.getservbyname(name, "tcp")
    except (OSError, UnicodeError, ValueError):
        return None


def octal(arguments: Arguments) -> int:
    """strtol(3), base 8, up to 0777; what follows the digits is ignored (StreamLocalBindMask)."""
    digits = re.match(_OCTAL, arguments.words[0], re.ASCII)
    mask = int(digits.group(), 8) if digits else -1
    if not 0 <= mask <= 0o777:
        raise BadValue(f"{in_quotes(arguments.words[0])} is not a mask from 0 to 0777")
    return mask


def parse_size(text: str) -> int | None:
    """A count of bytes with an optional B, K, M, G, T, P or E; openbsd-compat scan_scaled.

    It takes a lone scale or nothing at all for 0, and drops a fraction that has no scale.
    """
    size = re.match(_SIZE, text, re.IGNORECASE | re.ASCII)
    if not size or size[2].count(".") > 1:
        return None
    whole, _, fraction = size[2].partition(".")
    if len(whole) > _MOST_DIGITS:
        return None
    factor = _SCALES[size[3].upper()] if size[3] else 0
    fraction = fraction[:_MOST_DIGITS]
    count = int(whole or 0) * (factor or 1) + (int(fraction or 0) * factor // 10 ** len(fraction))
    return None if count > LLONG_MAX else -count if size[1] == "-" else count
