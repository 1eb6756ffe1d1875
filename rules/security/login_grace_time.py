"""A connection that never logs in stays open for a long time, or without limit.

## Why

Until LoginGraceTime ends, each such connection uses a process and one of MaxStartups' places. An attacker
who opens enough of them keeps others out. 0 means no limit. The default is 2 minutes.

The guides disagree: CIS asks for 1 to 60 seconds, dev-sec for 30, Lynis for up to 120. The option `seconds`
is the limit.

## How to fix it

The fix sets `seconds`. It is unsafe: a slow one-time code or a hardware token may need more time.

## When to ignore it

When logins here take longer than a minute.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if value == 0:
        return Weakness(
            "connections that never log in stay forever",
            "0 means no limit",
            ("enough of them take all of MaxStartups' places and keep others out",),
            severity="warning",
        )
    if isinstance(value, int) and value > options["seconds"]:
        return Weakness(
            f"connections that never log in stay for {value} s",
            f"hardening guides allow {options['seconds']} s",
        )
    return None


RULE = Rule(
    summary="LoginGraceTime is long or without limit",
    applies_to=("sshd_config",),
    severity="info",
    options={"seconds": 60},
    check=weak_value("LoginGraceTime", assess, lambda config, options: str(options["seconds"])),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.13 (1 to 60)",
        "dev-sec ssh-baseline 2.8.1, sshd-18 (30)",
        "Lynis SSH-7408, LoginGraceTime (120)",
        "sshd-lint 1.3.0, rule 10 (60)",
    ),
    examples=(
        Example("LoginGraceTime 0\n", "LoginGraceTime 60\n", unsafe=True),
        Example("LoginGraceTime 2m\n", "LoginGraceTime 60\n", unsafe=True),
        Example("LoginGraceTime 1m\n"),
        Example("Port 22\n", "Port 22\nLoginGraceTime 60\n", unsafe=True),
    ),
)
