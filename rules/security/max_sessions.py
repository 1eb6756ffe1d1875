"""One connection can open more sessions than the guides allow.

## Why

MaxSessions limits the shells, commands and sftp sessions in one connection (ControlMaster). The default is
10. A user can open any number of connections anyway, so this limit does little. 0 allows only forwarding,
and 1 switches sharing off.

The guides disagree: CIS and dev-sec ask for 10, Lynis for 2. The option `sessions` is the limit.

## How to fix it

The fix sets `sessions`. It is unsafe: tools that share a connection, such as Ansible, may need more.

## When to ignore it

When such a tool needs more.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, too_high


def weakness(value: int, limit: int) -> Weakness:
    return Weakness(f"one connection can open {value} sessions", f"hardening guides allow {limit} or fewer")


RULE = Rule(
    summary="MaxSessions is high",
    applies_to=("sshd_config",),
    severity="info",
    options={"sessions": 10},
    check=too_high("MaxSessions", "sessions", weakness),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.18 (10)",
        "dev-sec ssh-baseline 2.8.1, sshd-20 (10)",
        "Lynis SSH-7408, MaxSessions (2)",
        "sshd-lint 1.3.0, rule 12 (10)",
    ),
    examples=(
        Example("MaxSessions 100\n", "MaxSessions 10\n", unsafe=True),
        Example("MaxSessions 10\n"),
        Example("Port 22\n"),
    ),
)
