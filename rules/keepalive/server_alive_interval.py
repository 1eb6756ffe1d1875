"""ssh never probes an idle server: ServerAliveInterval is missing or 0, which is off.

A NAT, firewall or load balancer on the path forgets a connection on which nothing is sent, often
after 4 to 60 minutes, and the session hangs. With ServerAliveInterval set, ssh asks a server that has
been silent for that many seconds for a sign of life, and the answer keeps the path open. It also lets
ssh end when the server is gone: after (ServerAliveCountMax + 1) x ServerAliveInterval seconds.

What counts is the value in effect. ssh takes the first value it meets, so a default for every host
belongs in the last `Host *`; the fix makes one at the end where there is none. One finding is about the
missing default, and one about each Host whose own value is 0. Debian's ssh has a default of 300 where
BatchMode is on. A value that stands only under a `Match exec` is not counted: the command is never run.
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.keepalive import SPACING, count_beside_interval, disconnects_with_count_in_effect
from sshkeep.lint.checks.values import FindingText, missing_or_zero


def finding_text(config: Config, value: int) -> FindingText:
    gone = disconnects_with_count_in_effect(value, config)
    return FindingText(
        "ssh never probes an idle server",
        "0 turns the probes off",
        (
            "idle sessions hang when a NAT or firewall on the path forgets them, often after 4 to 60 minutes",
            *(
                [f"after the fix, ssh disconnects from a server that does not answer for {gone} s"]
                if gone
                else []
            ),
        ),
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
