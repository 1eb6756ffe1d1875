"""Only one end probes: the session lives, but the other end is blind.

One end's probes are enough for every NAT on the path, since each has an answer. They are no use to the
other end, though, which never asks: a server that doesn't probe keeps the session of a client that died,
with its locks, its forwarded ports and its place in MaxSessions, until TCP gives up after hours. An ssh
that doesn't probe hangs at its prompt when the server is gone.

Without probes, TCPKeepAlive is all there is: 2 h 11 min on Linux as shipped, and nothing with
TCPKeepAlive no.
"""

from collections.abc import Iterator

from sshkeep.idle.duration import format_duration_range
from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD
from sshkeep.idle.model.peer_detection import notices_dead_peer
from sshkeep.idle.session import Session
from sshkeep.lint import Example, Finding, Rule
from sshkeep.lint.both_ends import at_setting

BLIND = {
    "server": "sshd keeps the session of a client that died",
    "client": "ssh hangs at a server that died",
}


def check(session: Session) -> Iterator[Finding]:
    for end, peer in ((session.server, session.client), (session.client, session.server)):
        if end.target is None or end.endpoint.interval or not peer.endpoint.sends_probes:
            continue
        gone = notices_dead_peer(session.forecast.endpoint(end.endpoint.role))
        how_long = f" for {format_duration_range(gone.low, gone.high)}" if gone else " for ever"
        keyword = INTERVAL_KEYWORD[end.endpoint.role]
        finding = at_setting(keyword, end, f"{BLIND[end.endpoint.role]}{how_long}")
        if finding:
            yield finding._replace(label="only the other end probes; that keeps the path open, no more")


RULE = Rule(
    summary="only one end probes, so the other does not notice when it is gone",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=None,
    both=check,
    references=("measured: cut links with probes of one end only",),
    examples=(
        Example("ClientAliveInterval 0\n", hit=True, client="Host *\n  ServerAliveInterval 60\n"),
        Example("ClientAliveInterval 60\n", client="Host *\n  ServerAliveInterval 60\n"),
        Example("ClientAliveInterval 60\n", hit=True, client="Host *\n  ServerAliveInterval 0\n"),
        Example("ClientAliveInterval 0\n", client="Host *\n  ServerAliveInterval 0\n"),
    ),
)
