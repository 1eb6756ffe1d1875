"""sshd or ssh accepts RSA keys that are too short.

## Why

From 9.1 on, RequiredRSASize is the shortest RSA key that OpenSSH accepts, of users and hosts. The default
is 1024 bits, which Mozilla's key guide calls old and not to be used. A line can only raise it.

The guides disagree about the size: ssh-audit's hardening guides use 3072, which Mozilla calls acceptable
for two years. The option `bits` is the minimum, by default 2048.

## How to fix it

The fix sets `bits`. It is unsafe: users with shorter keys can't log in any longer.

## When to ignore it

When an old device has only a short key.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.weak_algorithms import VENDORS_WITH_UPSTREAM_LISTS
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if not isinstance(value, int) or value >= options["bits"]:
        return None
    return Weakness(
        f"RSA keys of only {value} bits are accepted",
        f"the least should be {options['bits']}",
        degree=options["bits"] - value,
    )


SIZE = weak_value("RequiredRSASize", assess, lambda config, options: str(options["bits"]))


def check(config: Config, options: Options) -> Iterator[Finding]:
    # Other vendors set it in a file of their crypto policy, which need not be among these.
    everyone = global_value("requiredrsasize", config).entry is not None
    known = everyone or config.target.vendor in VENDORS_WITH_UPSTREAM_LISTS
    yield from (finding for finding in SIZE(config, options) if known or finding.block)


RULE = Rule(
    summary="RequiredRSASize accepts short RSA keys",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    options={"bits": 2048},
    check=check,
    references=(
        "ssh-audit 3.3.0, hardening_guides.py (3072)",
        "Mozilla key management guidelines, Old",
        "sshd_config(5), RequiredRSASize",
    ),
    examples=(
        Example("RequiredRSASize 1024\n", "RequiredRSASize 2048\n", kind="sshd_config", unsafe=True),
        Example("RequiredRSASize 3072\n", kind="sshd_config"),
        Example("Port 22\n", "Port 22\nRequiredRSASize 2048\n", kind="sshd_config", unsafe=True),
        Example("Port 22\n", kind="sshd_config", target="openssh-9.0"),
        Example("Port 22\n", kind="sshd_config", target="rhel-10"),
    ),
)
