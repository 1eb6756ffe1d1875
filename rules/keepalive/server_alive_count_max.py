"""ServerAliveCountMax is 0: ssh ends a healthy session as soon as it is idle.

## Why

Here 0 does not mean never, as it does for sshd's ClientAliveCountMax. In every release, ssh exits after one
ServerAliveInterval without data from the server. It sends no probe that a healthy server could answer. A
session that is quiet for a minute ends, on a perfect link.

Without a ServerAliveInterval the count has no effect: see `count-without-interval`.

## How to fix it

The fix sets ServerAliveCountMax 3, the default.

## When to ignore it

When idle sessions should end at once.
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.keepalive_pairs import zero_count
from sshkeep.lint.checks.values import FindingText
from sshkeep.phrase import Phrase


def finding_text(config: Config) -> FindingText:
    return FindingText(
        Phrase("ssh ends healthy sessions as soon as they idle"),
        Phrase("0 means after one interval, without a probe"),
        (Phrase("ssh exits after one ServerAliveInterval without data, in every release"),),
    )


RULE = Rule(
    summary="ServerAliveCountMax is 0: ssh ends healthy sessions as soon as they idle",
    applies_to=("ssh_config",),
    severity="warning",
    options={"count": 3},
    check=zero_count("ServerAliveCountMax", finding_text),
    only_with=("serveralivecountmax",),
    references=("ssh_config(5), ServerAliveCountMax", "clientloop.c, server_alive_check"),
    examples=(
        Example(
            "Host *\n  ServerAliveInterval 60\n  ServerAliveCountMax 0\n",
            "Host *\n  ServerAliveInterval 60\n  ServerAliveCountMax 3\n",
        ),
        Example("Host *\n  ServerAliveInterval 60\n  ServerAliveCountMax 1\n"),
        Example("Host *\n  ServerAliveInterval 0\n  ServerAliveCountMax 0\n"),
        Example(
            "Host web\n  ServerAliveCountMax=0\nHost *\n  ServerAliveInterval 60\n",
            "Host web\n  ServerAliveCountMax=3\nHost *\n  ServerAliveInterval 60\n",
        ),
    ),
)
