"""ssh gives up a login before a slow server answers, since the keepalive also applies to the login.

## Why

During the key exchange and the login, ssh waits for ServerAliveInterval x ServerAliveCountMax seconds of
silence, one interval less than in a session. Then it exits with "Connection to HOST port PORT timed out"
(measured with 9.2 and 10.5). A server that runs an AuthorizedKeysCommand or asks for a second factor is
silent while a directory answers or the user looks for the phone. sshd itself waits for LoginGraceTime.

The rule reports servers with such a step if ssh gives up before sshd does.

## How to fix it

Use a longer ServerAliveInterval or a higher ServerAliveCountMax in ssh_config.

## When to ignore it

When the step always answers faster.
"""

from collections.abc import Iterator

from sshkeep.idle.endpoint_config import EndpointConfig
from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD
from sshkeep.idle.model.peer_detection import login_timeout
from sshkeep.idle.session import Session
from sshkeep.lint import Example, Finding, Rule
from sshkeep.lint.checks.session import at_endpoint_setting
from sshkeep.phrase import Phrase

COMMANDS = ("authorizedkeyscommand", "authorizedprincipalscommand")
SECOND = "keyboard-interactive"
ENOUGH = 60
"""Seconds: who needs longer than that is not served by sshd's usual LoginGraceTime either."""


def check(session: Session) -> Iterator[Finding]:
    silence = login_timeout(session.client.endpoint)
    slow = _slow_step(session.server)
    if silence is None or silence >= ENOUGH or not slow:
        return
    message = Phrase("ssh gives up the login when the server is silent for {silence} s", silence=silence)
    finding = at_endpoint_setting(INTERVAL_KEYWORD["client"], session.client, message)
    if finding:
        yield finding._replace(label=Phrase("the server has {slow}, which may take longer", slow=slow))


def _slow_step(server: EndpointConfig) -> str:
    """The line of the server that makes logins slow; empty for none."""
    for name in COMMANDS:
        if server.lines.get(name, ("none",))[0] not in ("none", ""):
            return "AuthorizedKeysCommand" if name == COMMANDS[0] else "AuthorizedPrincipalsCommand"
    methods = " ".join(server.lines.get("authenticationmethods", ()))
    if SECOND not in methods:
        return ""
    return Phrase("{keyword} with {method}", keyword="AuthenticationMethods", method=SECOND)


RULE = Rule(
    summary="ssh gives up before a server with a slow login has answered",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=None,
    check_session=check,
    references=("packet.c, ssh_packet_read_seqnr", "measured: a key command of 6 s against 1 x 3 s"),
    examples=(
        Example(
            "AuthenticationMethods publickey,keyboard-interactive\n",
            hit=True,
            client="Host *\n  ServerAliveInterval 15\n",
        ),
        Example("AuthenticationMethods publickey\n", client="Host *\n  ServerAliveInterval 15\n"),
        Example(
            "AuthenticationMethods publickey,keyboard-interactive\n",
            client="Host *\n  ServerAliveInterval 30\n",
        ),
    ),
)
