"""Timeouts beside the keepalive that end sessions, connections or logins, whatever is probed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.idle.model.endpoint import CONFIG_KIND, COUNT_KEYWORD, INTERVAL_KEYWORD, Role, TimeRange
from sshkeep.idle.model.peer_detection import channel_closes, login_timeout
from sshkeep.named import NamedTuple
from sshkeep.openssh.channels import PLAIN, SHELL, idle_time, running_sessions
from sshkeep.openssh.releases import Release
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.numbers import is_digits
from sshkeep.phrase import Phrase

CHANNEL_TIMEOUT = "ChannelTimeout"
LOGIN_GRACE_JITTER = Release(9, 9)
"""From here on sshd adds up to 4 s at random to LoginGraceTime (measured on 10.0, 10.5 and 10.6)."""


class OtherTimeout(NamedTuple):
    """A timeout of one endpoint; ``ends`` is what it ends. ``configured``: a line sets it, not a default."""

    role: Role
    keyword: str
    after: TimeRange
    ends: str
    configured: bool = True


def other_timeouts(end: EndpointConfig) -> Iterator[OtherTimeout]:
    """The timeouts of one endpoint; OpenSSH counts whole seconds."""
    if end.target is None:
        return
    yield from _channel_timeout(end, end.target)
    yield from (_of_server(end, end.target.release) if end.endpoint.role == "server" else _of_client(end))


def _channel_timeout(end: EndpointConfig, target: Target) -> Iterator[OtherTimeout]:
    role = end.endpoint.role
    seconds = _shell_idle_time(end, target)
    if seconds:
        after = channel_closes(seconds)
        yield OtherTimeout(role, CHANNEL_TIMEOUT, after, Phrase("a shell without input or output"))


def _shell_idle_time(end: EndpointConfig, target: Target) -> int:
    """Seconds after which ChannelTimeout closes an idle shell; 0 for never, and where that is not known."""
    words = " ".join(end.lines.get("channeltimeout", ())).split()
    if names := running_sessions(CONFIG_KIND[end.endpoint.role], target):
        return idle_time(names[0], words, target)
    # Of a vendor whose names are not known, what holds for each of them.
    times = {idle_time(each, words, target) for each in ((SHELL,), (PLAIN,), (SHELL, PLAIN))}
    return times.pop() if len(times) == 1 else 0


def closes_idle_shell(timeouts: Iterable[OtherTimeout], role: Role) -> int:
    """Seconds after which this endpoint closes an idle shell at the latest; 0 for never."""
    found = (each for each in timeouts if each.role == role and each.keyword == CHANNEL_TIMEOUT)
    return max((int(each.after.high) for each in found), default=0)


def _of_server(end: EndpointConfig, release: Release) -> Iterator[OtherTimeout]:
    if unused := _seconds("unusedconnectiontimeout", end):
        after = TimeRange(unused, unused + 1)
        ends = Phrase("a connection with nothing open")
        yield OtherTimeout("server", "UnusedConnectionTimeout", after, ends)
    if grace := _seconds("logingracetime", end):
        after = TimeRange(grace, grace + (4 if release >= LOGIN_GRACE_JITTER else 0))
        configured = end.config is not None and bool(end.config.lines("logingracetime"))
        yield OtherTimeout("server", "LoginGraceTime", after, Phrase("a login that is not done"), configured)


def _of_client(end: EndpointConfig) -> Iterator[OtherTimeout]:
    if silence := login_timeout(end.endpoint):
        name = f"{INTERVAL_KEYWORD['client']} x {COUNT_KEYWORD['client']}"
        after = TimeRange(silence, silence)
        yield OtherTimeout("client", name, after, Phrase("a login in which the server is silent"))
    if persists := _seconds("controlpersist", end):
        after = TimeRange(persists, persists)
        yield OtherTimeout(
            "client", "ControlPersist", after, Phrase("the shared connection without sessions")
        )


def _seconds(keyword: str, end: EndpointConfig) -> int:
    """The effective value in seconds; 0 if it is no number."""
    text = " ".join(end.lines.get(keyword, ()))
    return int(text) if is_digits(text) else 0
