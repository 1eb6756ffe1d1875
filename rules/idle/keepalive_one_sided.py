"""Only one end sends probes. The session stays alive, but the other end does not notice when its peer
is gone.

## Why

The probes of one end are enough for every NAT on the path, since each probe has an answer. But the other
end asks nothing. A server that does not probe keeps the session of a client that is gone, with its locks,
its forwarded ports and its place in MaxSessions, until TCP gives up after hours. An ssh that does not probe
hangs at its prompt when the server is gone.

Without probes only TCPKeepAlive remains: 2 h 11 min on Linux by default, and nothing with TCPKeepAlive no.

## How to fix it

Set ClientAliveInterval on the server and ServerAliveInterval on the client.

## When to ignore it

When you can't change the other end, or when you do not mind a session that stays open for hours.
"""

from collections.abc import Iterator

from sshkeep.idle.duration import format_duration_range
from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD
from sshkeep.idle.model.peer_detection import notices_dead_peer
from sshkeep.idle.session import Session
from sshkeep.lint import Example, Finding, Rule
from sshkeep.lint.checks.session import at_endpoint_setting
from sshkeep.phrase import Phrase


def check(session: Session) -> Iterator[Finding]:
    for end, peer in ((session.server, session.client), (session.client, session.server)):
        if end.target is None or end.endpoint.interval or not peer.endpoint.sends_probes:
            continue
        gone = notices_dead_peer(session.forecast.endpoint(end.endpoint.role))
        how_long = Phrase("for {time}", time=format_duration_range(*gone)) if gone else Phrase("forever")
        blind = (
            Phrase("sshd keeps the session {how_long} when its client is gone", how_long=how_long)
            if end.endpoint.role == "server"
            else Phrase("ssh hangs {how_long} when its server is gone", how_long=how_long)
        )
        finding = at_endpoint_setting(INTERVAL_KEYWORD[end.endpoint.role], end, blind)
        if finding:
            label = Phrase("only the other end sends probes, so this end does not notice")
            yield finding._replace(label=label)


RULE = Rule(
    summary="only one end probes, so the other does not notice when it is gone",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=None,
    check_session=check,
    references=("measured: cut links with probes of one end only",),
    examples=(
        Example("ClientAliveInterval 0\n", hit=True, client="Host *\n  ServerAliveInterval 60\n"),
        Example("ClientAliveInterval 60\n", client="Host *\n  ServerAliveInterval 60\n"),
        Example("ClientAliveInterval 60\n", hit=True, client="Host *\n  ServerAliveInterval 0\n"),
        Example("ClientAliveInterval 0\n", client="Host *\n  ServerAliveInterval 0\n"),
    ),
)
