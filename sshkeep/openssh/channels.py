"""What OpenSSH calls the channels of a session, which is what ChannelTimeout's types are held against."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.releases import CHANNEL_TIMEOUT_GLOBAL, SESSION_BY_KIND
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.numbers import parse_time

PLAIN, EVERY = "session", "session:*"
SHELL = "session:shell"
ALL_CHANNELS = "global"
RUNNING = (SHELL, "session:command", "session:subsystem:sftp")


def sessions_by_kind(kind: Kind, target: Target) -> bool | None:
    """Whether a running session is known by what it runs, and only so; None where both or unknown."""
    first, last = SESSION_BY_KIND[kind]
    if first <= target.release <= last or target.name == "debian-13":
        return True
    return False if target.release < first and target.vendor == "openssh" else None


def running_sessions(kind: Kind, target: Target) -> tuple[tuple[str, ...], ...]:
    """The names of each kind of running session, a shell first; a type that fits one of its names is for it.

    Empty where they are not known: a vendor may have taken a later release's change.
    """
    by_kind = sessions_by_kind(kind, target)
    if by_kind is not None:
        return tuple((name,) for name in RUNNING) if by_kind else ((PLAIN,),)
    both = target.release > SESSION_BY_KIND[kind][1]
    return tuple((name, PLAIN) for name in RUNNING) if both else ()


def idle_time(names: tuple[str, ...], pairs: Sequence[str], target: Target) -> int:
    """Seconds after which ChannelTimeout's ``type=time`` words close an idle channel with
    these names; 0 for never.

    channels.c lookup_timeout: the first type that fits counts. ``global`` closes all channels if none of them
    carries data (channel_add_timeout); no pattern stands for it, and the last one counts.
    """
    words = [pair.partition("=") for pair in pairs]
    fitting = (time for pattern, _, time in words if any(match_pattern(name, pattern) for name in names))
    everything = [time for name, _, time in words if name == ALL_CHANNELS]
    texts = [next(fitting, ""), *(everything[-1:] if target.release >= CHANNEL_TIMEOUT_GLOBAL else ())]
    times = [parse_time(text, target.release) or 0 for text in texts if text]
    return min(filter(None, times), default=0)
