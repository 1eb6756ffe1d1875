"""Each connection may try more passwords than the guides allow.

After MaxAuthTries failures sshd ends the connection; each key that the client offers and sshd does
not know counts as one. The default is 6. It slows guessing down, no more: an attacker connects again
(PerSourcePenalties, from 9.8 on, makes that slow).

The guides disagree: CIS asks for at most 4, Lynis 3, dev-sec 2. The option `tries` is the limit. The
fix is unsafe: a user with more keys in the agent than that is turned away before the right one.
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
        "CIS Debian 12 v1.1.0, 5.1.16 (4)",
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
