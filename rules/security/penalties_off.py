"""sshd does not slow down addresses that guess passwords: PerSourcePenalties is off.

## Why

From 9.8 on, sshd refuses an address for some time if it fails to log in, crashes sshd or connects without a
login, again and again. This is on by default. `PerSourcePenalties no` allows every address any number of
tries. If all users come from one address, through a proxy or NAT, list that address in
PerSourcePenaltyExemptList.

## How to fix it

The fix sets PerSourcePenalties yes. It is unsafe: sshd then refuses addresses with many failures.

## When to ignore it

When another program, such as fail2ban, does the same.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if not isinstance(value, dict) or value.get("enabled") != "no":
        return None
    return Weakness(
        "sshd does not block addresses that guess passwords",
        "no address is refused after failed logins",
        ("PerSourcePenaltyExemptList exempts addresses, such as a proxy's",),
    )


RULE = Rule(
    summary="PerSourcePenalties is off",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_value("PerSourcePenalties", assess, "yes"),
    references=("sshd_config(5), PerSourcePenalties", "servconf.c of 9.8, sPerSourcePenalties"),
    examples=(
        Example("PerSourcePenalties no\n", "PerSourcePenalties yes\n", unsafe=True),
        Example("PerSourcePenalties yes\n"),
        Example("PerSourcePenalties crash:90s\n"),
        Example("Port 22\n"),
    ),
)
