"""What OpenSSH calls the channels of a session, which is what ChannelTimeout's patterns are held against."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.openssh.keyword import Kind
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.releases import SESSION_BY_KIND
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.numbers import parse_time


def sessions_by_kind(kind: Kind, target: Target) -> bool | None:
    """Whether a running session is known by what it runs, and only so; None where both or unknown."""
    first, last = SESSION_BY_KIND[kind]
    if first <= target.release <= last or target.name == "debian-13":
        return True
    return False if target.release < first and target.vendor == "openssh" else None


def shell_timeout(pairs: Sequence[str], kind: Kind, target: Target) -> int | None:
    """Seconds that ChannelTimeout's ``type=time`` words give an idle shell; None where none does.

    channels.c lookup_timeout: the first pattern that fits the channel's type counts; 0 is off.
    """
    by_kind = sessions_by_kind(kind, target)
    names = {True: ("session:shell",), False: ("session",), None: ("session:shell", "session")}[by_kind]
    for pair in pairs:
        pattern, _, time = pair.partition("=")
        if any(match_pattern(name, pattern) for name in names):
            return parse_time(time, target.release) or None
    return None
