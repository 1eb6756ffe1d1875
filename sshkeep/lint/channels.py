"""What a release calls the channel of a running session, which ChannelTimeout's types are compared with."""

from __future__ import annotations

from sshkeep.config.model import Config
from sshkeep.openssh.releases import SESSION_BY_KIND

PLAIN, EVERY = "session", "session:*"
RUNNING = ("session:shell", "session:command", "session:subsystem:sftp")


def sessions_by_kind(config: Config) -> bool | None:
    """Whether a running session is known by what it runs, and only so; None where both or unknown."""
    first, last = SESSION_BY_KIND[config.kind]
    target = config.target
    if first <= target.release <= last or target.name == "debian-13":
        return True
    return False if target.release < first and target.vendor == "openssh" else None


def running_sessions(config: Config) -> tuple[tuple[str, ...], ...]:
    """The names of each kind of running session; a type that fits one of a kind's names is for it.

    Empty where they are not known: a vendor may have taken a later release's change.
    """
    by_kind = sessions_by_kind(config)
    if by_kind is not None:
        return tuple((name,) for name in RUNNING) if by_kind else ((PLAIN,),)
    both = config.target.release > SESSION_BY_KIND[config.kind][1]
    return tuple((name, PLAIN) for name in RUNNING) if both else ()
