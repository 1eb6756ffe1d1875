"""sshd never probes an idle client: ClientAliveInterval is missing or 0, which is off.

## Why

A NAT, firewall or load balancer on the path forgets a connection without packets, often after 4 to 60
minutes. With ClientAliveInterval, sshd sends a probe to a client that was silent for that many seconds, and
the answer keeps the path open. sshd also ends the session of a client that is gone: after
(ClientAliveCountMax + 1) x ClientAliveInterval seconds without an answer. It never disconnects a client
that answers, however long the session is idle.

The rule looks at the effective value: the first line outside of Match blocks, also in an included file, or
a line under `Match all`, which wins over it. A 0 in another Match block is reported for that block.

## How to fix it

The fix sets ClientAliveInterval. After it, a laptop that sleeps longer than the time above finds its
session closed.

## When to ignore it

When all clients send ServerAliveInterval probes, or when no NAT or firewall is on the path.
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.keepalive import (
    SPACING,
    count_beside_interval,
    disconnects_with_count_in_effect,
    doubles_interval,
    interval_to_write,
    spacing_of,
)
from sshkeep.lint.checks.values import FindingText, missing_or_zero
from sshkeep.phrase import Phrase


def finding_text(config: Config, value: int) -> FindingText:
    notes = [
        Phrase(
            "idle sessions die when a NAT or firewall on the path forgets them, often after 4 to 60 minutes"
        )
    ]
    if gone := disconnects_with_count_in_effect(value, config):
        notes.append(
            Phrase(
                "after the fix, sshd disconnects a client that does not answer for {gone} s, "
                "such as a sleeping laptop",
                gone=gone,
            )
        )
    doubled = Phrase(
        "which sshd {release} doubles to {spacing} s",
        release=config.target.release,
        spacing=spacing_of(value, config),
    )
    return FindingText(
        Phrase("sshd never probes an idle client"),
        Phrase("0 turns the probes off"),
        tuple(notes),
        doubled if doubles_interval(config) else "",
    )


RULE = Rule(
    summary="ClientAliveInterval is missing or 0: sshd never probes an idle client",
    applies_to=("sshd_config",),
    severity="warning",
    options={"seconds": SPACING},
    check=missing_or_zero(
        "ClientAliveInterval", "seconds", finding_text, interval_to_write, count_beside_interval
    ),
    references=("sshd_config(5), ClientAliveInterval", "serverloop.c, wait_until_can_do_something"),
    examples=(
        Example("Port 22\nClientAliveInterval 0\n", "Port 22\nClientAliveInterval 60\n"),
        Example("Port 22\nClientAliveInterval 30\n"),
        Example("Port 22\nMatch User a\n", "Port 22\nClientAliveInterval 60\nMatch User a\n"),
        Example(
            "Port 22\n#ClientAliveInterval 0\nSubsystem sftp internal-sftp\n",
            "Port 22\nClientAliveInterval 60\nSubsystem sftp internal-sftp\n",
        ),
        Example("Port 22\n", "Port 22\nClientAliveInterval 30\n", target="debian-12"),
        Example(
            "ClientAliveInterval 60\nMatch User backup\n\tClientAliveInterval 0\n",
            "ClientAliveInterval 60\nMatch User backup\n\tClientAliveInterval 60\n",
        ),
        Example("ClientAliveInterval 0\nMatch all\n    ClientAliveInterval 60\n"),
    ),
)
