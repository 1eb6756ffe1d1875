"""ClientAliveCountMax is 0: sshd never disconnects a dead client, or it disconnects healthy ones.

## Why

From OpenSSH 8.2 on, and in RHEL 8, 0 switches disconnecting off. sshd sends probes and keeps the path open,
but a client that is gone keeps its session, ports and locks until TCP gives up. Before 8.2, 0 had the
opposite effect: sshd ended the session of every client that was silent for one ClientAliveInterval, without
a probe. Old hardening guides ask for 0 to log idle users out; it no longer does that.

Without a ClientAliveInterval the count has no effect: see `count-without-interval`.

## How to fix it

The fix sets ClientAliveCountMax 3, the default.

## When to ignore it

When sshd should never disconnect a client that does not answer (8.2 or later).
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.keepalive_pairs import zero_count
from sshkeep.lint.checks.values import FindingText
from sshkeep.openssh.releases import SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO as CHANGED
from sshkeep.phrase import Phrase


def finding_text(config: Config) -> FindingText:
    if config.target.count_zero_is_never:
        return FindingText(
            Phrase("sshd probes, but never disconnects a dead client"),
            Phrase("0 means never, from OpenSSH {release} on", release=CHANGED),
            (Phrase("a client that is gone keeps its session, ports and locks until TCP gives up"),),
        )
    return FindingText(
        Phrase("sshd ends healthy sessions as soon as they idle"),
        Phrase("0 means at once, before OpenSSH {release}", release=CHANGED),
        (Phrase("a client silent for one ClientAliveInterval is disconnected without one probe"),),
    )


RULE = Rule(
    summary="ClientAliveCountMax is 0: sshd never gives up a dead client, or before 8.2 ends idle sessions",
    applies_to=("sshd_config",),
    severity="warning",
    options={"count": 3},
    check=zero_count("ClientAliveCountMax", finding_text),
    only_with=("clientalivecountmax",),
    references=(
        "sshd_config(5), ClientAliveCountMax",
        "serverloop.c, client_alive_check",
        "release notes of 8.2",
    ),
    examples=(
        Example(
            "ClientAliveInterval 60\nClientAliveCountMax 0\n",
            "ClientAliveInterval 60\nClientAliveCountMax 3\n",
        ),
        Example("ClientAliveInterval 60\nClientAliveCountMax 1\n"),
        Example("ClientAliveInterval 60\nClientAliveCountMax 3\nMatch User a\n    ClientAliveCountMax 5\n"),
        Example(
            "ClientAliveInterval 60\nMatch User a\n    ClientAliveCountMax 0\n",
            "ClientAliveInterval 60\nMatch User a\n    ClientAliveCountMax 3\n",
            target="openssh-8.1",
        ),
        Example("ClientAliveInterval 0\nClientAliveCountMax 0\n"),
        Example(
            "ClientAliveInterval 60\nClientAliveCountMax 0\n",
            "ClientAliveInterval 60\nClientAliveCountMax 3\n",
            target="rhel-8.10",
        ),
        Example(
            "ClientAliveInterval 60\nClientAliveCountMax 0 # was 3\n",
            "ClientAliveInterval 60\nClientAliveCountMax 3 # was 3\n",
            target="openssh-10.0",
        ),
    ),
)
