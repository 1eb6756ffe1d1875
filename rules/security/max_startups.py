"""Many connections can wait to log in at the same time, which helps an attacker to block sshd.

## Why

MaxStartups is begin:rate:full. From `begin` waiting connections on, sshd refuses new ones with a chance of
`rate` per cent, and from `full` on all of them. A single number N means N:30:N. The default is 10:30:100.
CIS and dev-sec ask for 10:30:60; sshd-lint warns above 100. The options `begin` and `full` are the limits.

## How to fix it

The fix sets the limits. It is unsafe: a host with many logins at the same time (a jump host, CI) needs
more.

## When to ignore it

On such a host.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value

DEFAULT_BEGIN = 10


def numbers(value: Value) -> tuple[int, int]:
    """`begin` and `full`; up to 10.0 a line's parts come by name, and a single number is `full`."""
    if isinstance(value, dict):
        return int(value.get("begin", DEFAULT_BEGIN)), int(value.get("max", 0))
    parts = str(value).split(":")
    return int(parts[0]), int(parts[-1])


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    begin, full = numbers(value)
    if begin <= options["begin"] and full <= options["full"]:
        return None
    limit = f"hardening guides say {options['begin']}:30:{options['full']} or less"
    return Weakness(f"a flood can hold {full} connections that never log in", limit)


RULE = Rule(
    summary="MaxStartups lets many connections wait to log in",
    applies_to=("sshd_config",),
    severity="info",
    options={"begin": 10, "full": 60},
    check=weak_value(
        "MaxStartups", assess, lambda config, options: f"{options['begin']}:30:{options['full']}"
    ),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.17",
        "dev-sec ssh-baseline 2.8.1, sshd-21",
        "sshd-lint 1.3.0, rule 13 (100)",
    ),
    examples=(
        Example("MaxStartups 10:30:100\n", "MaxStartups 10:30:60\n", unsafe=True),
        Example("MaxStartups 10:30:60\n"),
        Example("MaxStartups 500\n", "MaxStartups 10:30:60\n", unsafe=True),
        Example("Port 22\n", "Port 22\nMaxStartups 10:30:60\n", unsafe=True),
    ),
)
