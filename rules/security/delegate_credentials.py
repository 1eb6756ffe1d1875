"""Every server that you log in to gets your Kerberos ticket.

## Why

ssh passes a ticket on, and the server can use it in your name in the whole realm until it expires. With
`Host *`, every server with GSSAPI gets it. The rule skips a Host block for certain hosts, where it may be
needed.

## How to fix it

The fix sets GSSAPIDelegateCredentials no. It is unsafe: services that you reach from the server with the
ticket then ask for a password.

## When to ignore it

When all hosts in this file are trusted and need the ticket.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

RULE = Rule(
    summary="GSSAPIDelegateCredentials is on for every host",
    applies_to=("ssh_config",),
    severity="warning",
    check=weak_word(
        "GSSAPIDelegateCredentials",
        {
            "yes": Weakness(
                "every server you log in to gets your Kerberos ticket", "it can act in your name elsewhere"
            )
        },
        "no",
        in_blocks=False,
    ),
    references=("dev-sec ssh-baseline 2.8.1, ssh-18", "ssh_config(5), GSSAPIDelegateCredentials"),
    examples=(
        Example(
            "Host *\n  GSSAPIDelegateCredentials yes\n",
            "Host *\n  GSSAPIDelegateCredentials no\n",
            target="debian-12",
            unsafe=True,
        ),
        Example("Host *\n  GSSAPIDelegateCredentials no\n", target="debian-12"),
        Example("Host shell\n  GSSAPIDelegateCredentials yes\n", target="debian-12"),
    ),
)
