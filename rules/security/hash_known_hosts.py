"""Anyone who gets your known_hosts file learns which servers you use.

## Why

Each line of ~/.ssh/known_hosts starts with a server's name and address. An attacker with your home
directory (a backup, a stolen laptop, a worm) has a list of the next targets. With `HashKnownHosts yes`, ssh
writes a hash instead. It is off by default, and on in the stock file of Debian and Ubuntu.

## How to fix it

The fix sets HashKnownHosts yes. It is safe: ssh still knows all hosts. Old lines stay as they are until you
run `ssh-keygen -H`. The shell can't complete the names of new hosts.

## When to ignore it

When the names of the servers are no secret.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if value != "no":
        return None
    return Weakness(
        "anyone who gets your known_hosts file learns which servers you use",
        "host names are stored as plain text",
    )


RULE = Rule(
    summary="HashKnownHosts is off",
    applies_to=("ssh_config",),
    severity="info",
    check=weak_value("HashKnownHosts", assess, "yes", safety="safe", in_blocks=False),
    references=("Mozilla OpenSSH guidelines, client, Modern", "ssh_config(5), HashKnownHosts"),
    examples=(
        Example("Host *\n  HashKnownHosts no\n", "Host *\n  HashKnownHosts yes\n"),
        Example("Host *\n  HashKnownHosts yes\n"),
        Example("Host web\n  User a\n", "Host web\n  User a\n\nHost *\n  HashKnownHosts yes\n"),
    ),
)
