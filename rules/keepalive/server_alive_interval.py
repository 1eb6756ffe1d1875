"""ssh never probes an idle server: ServerAliveInterval is missing or 0, which is off.

## Why

A NAT, firewall or load balancer on the path forgets a connection without packets, often after 4 to 60
minutes, and the session hangs. With ServerAliveInterval, ssh sends a probe to a server that was silent for
that many seconds, and the answer keeps the path open. ssh also exits when the server is gone: after
(ServerAliveCountMax + 1) x ServerAliveInterval seconds.

The rule looks at the effective value. ssh uses the first value that it reads, so a default for all hosts
belongs in the last `Host *`. There is one finding for the missing default, and one for each Host with its
own 0. Debian's ssh has a default of 300 with BatchMode. The rule does not count a value under `Match exec`,
since sshkeep never runs the command.

## How to fix it

The fix sets ServerAliveInterval in the last `Host *`, or adds a `Host *` at the end.

## When to ignore it

When all servers send ClientAliveInterval probes, or when no NAT or firewall is on the path.
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.keepalive import SPACING, count_beside_interval, disconnects_with_count_in_effect
from sshkeep.lint.checks.values import FindingText, missing_or_zero
from sshkeep.phrase import Phrase


def finding_text(config: Config, value: int) -> FindingText:
    notes = [
        Phrase(
            "idle sessions hang when a NAT or firewall on the path forgets them, often after 4 to 60 minutes"
        )
    ]
    if gone := disconnects_with_count_in_effect(value, config):
        notes.append(
            Phrase(
                "after the fix, ssh disconnects from a server that does not answer for {gone} s", gone=gone
            )
        )
    return FindingText(
        Phrase("ssh never probes an idle server"), Phrase("0 turns the probes off"), tuple(notes)
    )


RULE = Rule(
    summary="ServerAliveInterval is missing or 0: ssh never probes an idle server",
    applies_to=("ssh_config",),
    severity="warning",
    options={"seconds": SPACING},
    check=missing_or_zero("ServerAliveInterval", "seconds", finding_text, beside=count_beside_interval),
    references=("ssh_config(5), ServerAliveInterval", "clientloop.c, client_wait_until_can_do_something"),
    examples=(
        Example(
            "Host web\n    User a\n\nHost *\n    Compression yes\n",
            "Host web\n    User a\n\nHost *\n    Compression yes\n    ServerAliveInterval 60\n",
        ),
        Example("Host web\n    User a\n\nHost *\n    Compression yes\n    ServerAliveInterval 30\n"),
        Example("Host web\n\tUser a\n", "Host web\n\tUser a\n\nHost *\n\tServerAliveInterval 60\n"),
        Example(
            "Host web\n  ServerAliveInterval 0\nHost *\n  ServerAliveInterval 30\n",
            "Host web\n  ServerAliveInterval 60\nHost *\n  ServerAliveInterval 30\n",
        ),
        Example("Host *\n  BatchMode yes\n", target="debian-12"),
        Example(
            "Host *\n  User a\nHost web\n  ServerAliveInterval 20\n",
            "Host *\n  User a\nHost web\n  ServerAliveInterval 20\n\nHost *\n  ServerAliveInterval 60\n",
        ),
    ),
)
