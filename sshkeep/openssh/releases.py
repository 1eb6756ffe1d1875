"""OpenSSH's releases, and the ones at which its reading of a config changed."""

from __future__ import annotations

from typing import NamedTuple


class Release(NamedTuple):
    """An upstream release, compared as numbers: 9.10 would follow 9.9."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


OLDEST = Release(8, 0)
NEWEST = Release(10, 6)

SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO = Release(8, 2)
"""serverloop.c client_alive_check: before, a count of 0 ended the session after one interval."""

SSH_CUTS_AT_HASH = Release(8, 5)
"""readconf.c: trailing comments, at the first `#` anywhere; before, `#` is an ordinary word."""

ARGV_SPLIT = Release(8, 7)
"""servconf.c, readconf.c: arguments by argv_split; `#` counts at the start of a bare word only."""

MATCH_BY_ARGV_SPLIT = Release(9, 9)
"""match_cfg_line: before, Match lines kept strdelim's words."""

INTERVAL_DOUBLED = (Release(9, 2), Release(9, 4))
"""serverloop.c: `>` for `>=` in these releases makes sshd probe at twice the interval."""

PLUS_SIGN_REFUSED = Release(9, 8)
"""misc.c convtime: before, `+5` was a time."""

DECIMAL_TIMES = Release(10, 3)
"""misc.c convtime_double: `1.5` is a time from here on, cut to whole seconds by convtime."""

TCP_KEEP_ALIVE_ALL = Release(10, 6)
"""TCPKeepAlive takes transport, all, true and false besides yes and no, and prints true."""

MATCH_VERSION = Release(10, 0)
"""match_cfg_line: criterion `version`; for ssh also `sessiontype` and `command`."""

MATCH_TAGGED = Release(9, 4)
"""readconf.c match_cfg_line: criteria `tagged` and `localnetwork`."""

MATCH_INVALID_USER = Release(9, 9)
"""servconf.c match_cfg_line: criterion `invalid-user`."""

PERMIT_ROOT_LOGIN_PROHIBIT = Release(10, 1)
"""servconf.c fmt_multistate_int: before, sshd -T prints `without-password`."""

DEBIAN_SETUP_TIME_OUT_IS_CONNECT_TIMEOUT = Release(9, 9)
"""Debian 1:9.9p1-1: the alias SetupTimeOut moved from ServerAliveInterval."""

SSHD_PRINTS_MIXED_CASE = Release(10, 5)
"""sshd -T: keywords as documented; before, in lower case."""

NEGATED_FINAL_IS_QUIET = Release(10, 1)
"""readconf.c match_cfg_line: before, `Match !final` asked for a second pass, too."""
