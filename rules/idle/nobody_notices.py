"""When the link is gone, neither end notices it.

## Why

With both intervals 0 and TCPKeepAlive no on both ends, no packet is sent on an idle session. A NAT forgets
it, the server keeps the shell forever, and the terminal hangs until the user presses a key. TCPKeepAlive no
may be right in each file alone; together they leave no probe at all.

## How to fix it

Set ClientAliveInterval on the server, ServerAliveInterval on the client, or both.

## When to ignore it

When sessions never idle, or when another program ends them.
"""

from collections.abc import Iterator

from sshkeep.idle.endpoint_config import TCP_KEEPALIVE
from sshkeep.idle.model.peer_detection import notices_dead_peer
from sshkeep.idle.session import Session
from sshkeep.lint import Example, Finding, Rule
from sshkeep.lint.checks.session import at_endpoint_setting
from sshkeep.phrase import Phrase


def check(session: Session) -> Iterator[Finding]:
    if notices_dead_peer(session.forecast.server) or notices_dead_peer(session.forecast.client):
        return
    for end in (session.server, session.client):
        message = Phrase("neither end ever notices that the other one is gone")
        if finding := at_endpoint_setting(TCP_KEEPALIVE, end, message):
            yield finding._replace(label=Phrase("no end probes, and TCP keepalive is off"))
            return


RULE = Rule(
    summary="no keepalive at either end: neither notices that the other one is gone",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=None,
    check_session=check,
    references=("measured: no packet in hours with TCPKeepAlive no and both intervals 0",),
    examples=(
        Example("TCPKeepAlive no\n", hit=True, client="Host *\n  TCPKeepAlive no\n"),
        Example("TCPKeepAlive yes\n", client="Host *\n  TCPKeepAlive no\n"),
    ),
)
