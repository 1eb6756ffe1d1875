"""Times, integers and flags, read as each release reads them."""

from __future__ import annotations

import re
from functools import lru_cache

from sshkeep.openssh.keyword import Kind
from sshkeep.openssh.releases import DECIMAL_TIMES, PLUS_SIGN_REFUSED, TCP_KEEP_ALIVE_ALL, Release

INT_MAX = 2147483647
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
# Digits, then a unit or the next number: each piece starts where the last one ended, so the scan
# is linear. Nothing over 20 digits fits an int.
_PIECE = re.compile(r"(\+?)([0-9]{0,20}\.[0-9]{1,20}|[0-9]{1,20})([smhdw]?)", re.IGNORECASE | re.ASCII)
_INTEGER = re.compile(r"\+?0*[0-9]{1,10}\Z", re.ASCII)

_SSHD_FLAGS = {"yes": "yes", "no": "no"}
_SSH_FLAGS = {**_SSHD_FLAGS, "true": "yes", "false": "no"}
_TCP_KEEP_ALIVE = {**_SSH_FLAGS, "transport": "yes", "all": "all"}


@lru_cache(maxsize=1024)
def parse_time(text: str, release: Release) -> int | None:
    """Seconds of a time such as ``90``, ``1h30m``; None where ``release`` calls it invalid.

    misc.c convtime: units s m h d w in either case, added up; decimals (seconds only, cut to whole
    ones) and one seconds piece at most from 10.3; a plus sign up to 9.7.
    """
    total = 0.0
    at = seconds_pieces = 0
    while at < len(text) or not text:
        piece = _PIECE.match(text, at)
        if not piece:
            return None
        plus, number, unit = piece.group(1), piece.group(2), piece.group(3).lower()
        seconds_pieces += unit in ("", "s")
        if not _piece_allowed(plus, number, unit, seconds_pieces, release):
            return None
        total += float(number) * _UNITS[unit]
        at = piece.end()
    return int(total) if total <= INT_MAX else None


def _piece_allowed(plus: str, number: str, unit: str, seconds_pieces: int, release: Release) -> bool:
    if release >= DECIMAL_TIMES:
        return not plus and seconds_pieces <= 1 and ("." not in number or unit in ("", "s"))
    return "." not in number and (not plus or release < PLUS_SIGN_REFUSED)


def parse_integer(text: str) -> int | None:
    """misc.c atoi_err: decimal, 0 to 2147483647; None for anything else."""
    if not _INTEGER.match(text):
        return None
    number = int(text)
    return number if number <= INT_MAX else None


def parse_flag(text: str, kind: Kind, keyword: str, release: Release) -> str | None:
    """``yes`` or ``no`` (``all`` too for TCPKeepAlive from 10.6); None where it is refused."""
    table = _SSHD_FLAGS if kind == "sshd_config" else _SSH_FLAGS
    if keyword == "tcpkeepalive" and release >= TCP_KEEP_ALIVE_ALL:
        table = _TCP_KEEP_ALIVE
    return table.get(text.lower())
