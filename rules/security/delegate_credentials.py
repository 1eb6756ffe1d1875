"""Every server that you log in to gets your Kerberos ticket.

With it ssh hands a ticket on that the server can use in your name wherever the realm is known, until
it runs out. For one machine from which you go on it may be needed, so a Host of its own is left
alone; for `Host *` any server with GSSAPI gets it.

The fix writes no and is unsafe: what you reach from the server by the ticket asks for a password then.
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
