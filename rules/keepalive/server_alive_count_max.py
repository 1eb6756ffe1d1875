"""ServerAliveCountMax is 0: ssh ends a healthy session as soon as it idles.

Unlike sshd's ClientAliveCountMax, 0 does not mean never here: in every release ssh exits after one
ServerAliveInterval without data from the server, and sends no probe that a healthy server could
answer. A session in which nothing happens for a minute is lost, on a perfect link.

Without a ServerAliveInterval the count does nothing, whatever it is: see `count-without-interval`.
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.keepalive_pairs import zero_count
from sshkeep.lint.checks.values import FindingText


def finding_text(config: Config) -> FindingText:
    return FindingText(
        "ssh ends healthy sessions as soon as they idle",
        "0 means after one interval, without a probe",
        ("ssh exits after one ServerAliveInterval without data, in every release",),
    )


RULE = Rule(
    summary="ServerAliveCountMax is 0: ssh ends healthy sessions as soon as they idle",
    applies_to=("ssh_config",),
    severity="warning",
    options={"count": 3},
    check=zero_count("ServerAliveCountMax", finding_text),
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
