"""The other clocks beside keepalive: they end sessions, connections or logins whatever is probed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sshkeep.idle.endpoint_config import CONFIG_KIND, EndpointConfig
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, INTERVAL_KEYWORD, Endpoint, Role, TimeRange
from sshkeep.openssh.channels import idle_time, running_sessions
from sshkeep.openssh.releases import Release

Texts = Mapping[str, tuple[str, ...]]


class OtherTimeout(NamedTuple):
    """A time that runs on one end; ``ends`` says what it ends. ``set``: not by default, but by a line."""

    role: Role
    keyword: str
    after: TimeRange
    ends: str
    set: bool = True


LOGIN_GRACE_JITTER = Release(9, 9)
"""sshd adds up to 4 s by chance to LoginGraceTime from here on (measured on 10.0, 10.5 and 10.6)."""


def other_timeouts(end: EndpointConfig) -> Iterator[OtherTimeout]:
    """The clocks of one end, with whole seconds as OpenSSH counts them."""
    if end.target is None:
        return
    role, lines = end.endpoint.role, end.lines
    sessions = running_sessions(CONFIG_KIND[role], end.target)
    words = " ".join(lines.get("channeltimeout", ())).split()
    shell = idle_time(sessions[0], words, end.target) if sessions else 0
    if shell:
        # channels.c counts from the whole second of the last byte.
        yield OtherTimeout(
            role, "ChannelTimeout", TimeRange(max(shell - 1, 0), shell), "a shell without input or output"
        )
    if role == "server":
        yield from _of_the_server(end, end.target.release)
    else:
        yield from _of_the_client(end.endpoint, lines)


def _of_the_server(end: EndpointConfig, release: Release) -> Iterator[OtherTimeout]:
    lines = end.lines
    unused = _seconds("unusedconnectiontimeout", lines)
    if unused:
        yield OtherTimeout(
            "server",
            "UnusedConnectionTimeout",
            TimeRange(unused, unused + 1),
            "a connection with nothing open",
        )
    grace = _seconds("logingracetime", lines)
    if grace:
        late = 4 if release >= LOGIN_GRACE_JITTER else 0
        named = end.config is not None and bool(end.config.lines("logingracetime"))
        yield OtherTimeout(
            "server", "LoginGraceTime", TimeRange(grace, grace + late), "a login that is not done", named
        )


def _of_the_client(side: Endpoint, lines: Texts) -> Iterator[OtherTimeout]:
    silence = login_timeout(side)
    if silence is not None:
        name = f"{INTERVAL_KEYWORD['client']} x {COUNT_KEYWORD['client']}"
        yield OtherTimeout(
            "client", name, TimeRange(silence, silence), "a login in which the server is silent"
        )
    persists = _seconds("controlpersist", lines)
    if persists:
        yield OtherTimeout(
            "client",
            "ControlPersist",
            TimeRange(persists, persists),
            "the shared connection without sessions",
        )


def login_timeout(side: Endpoint) -> int | None:
    """Seconds of a server's silence at which ssh gives up a login; None for never.

    packet.c: while keys are exchanged and the user logs in, ssh reads with a timeout of interval x count:
    one interval less than in the session.
    """
    return side.interval * side.count_max if side.interval and side.count_max else None


def _seconds(name: str, lines: Texts) -> int | None:
    text = " ".join(lines.get(name, ()))
    return int(text) if text.isdigit() else None
