"""Each connection can try more passwords than the guides allow.

## Why

sshd ends the connection after MaxAuthTries failures. Each key that the client offers and sshd does not know
also counts. The default is 6. The limit only slows guessing down: an attacker connects again
(PerSourcePenalties, from 9.8 on, makes that slow).

The guides disagree: CIS asks for at most 4, Lynis for 3, dev-sec for 2. The option `tries` is the limit.

## How to fix it

The fix sets `tries`. It is unsafe: sshd refuses a user with more keys in the agent before the right one.

## When to ignore it

When passwords are off and users have many keys.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, too_high


def weakness(value: int, limit: int) -> Weakness:
    return Weakness(
        f"each connection can try {value} times to log in",
        f"hardening guides allow {limit} or fewer",
        severity="info",
    )


RULE = Rule(
    summary="MaxAuthTries is high",
    applies_to=("sshd_config",),
    severity="info",
    options={"tries": 4},
    check=too_high("MaxAuthTries", "tries", weakness),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.16 (4)",
        "Lynis SSH-7408, MaxAuthTries (3)",
        "dev-sec ssh-baseline 2.8.1, sshd-19 (2)",
        "sshd-lint 1.3.0, rule 11 (4)",
    ),
    examples=(
        Example("MaxAuthTries 6\n", "MaxAuthTries 4\n", unsafe=True),
        Example("MaxAuthTries 3\n"),
        Example("Port 22\n", "Port 22\nMaxAuthTries 4\n", unsafe=True),
        Example(
            "MaxAuthTries 3\nMatch User a\n  MaxAuthTries 10\n",
            "MaxAuthTries 3\nMatch User a\n  MaxAuthTries 4\n",
            unsafe=True,
        ),
    ),
)
