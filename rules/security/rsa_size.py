"""RSA keys so short that they are about to be broken are good enough to log in.

From 9.1 on RequiredRSASize is the shortest RSA key that counts, of users and hosts. The default is 1024
bits, which Mozilla's key guide calls old and not to be used. A line can only raise it.

The guides disagree on how much: ssh-audit's hardening guides write 3072, which is what Mozilla calls
acceptable for two years. The option `bits` is the least, 2048 at first. The fix is unsafe: shorter keys
don't open the door any more.
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
    summary="RequiredRSASize takes short RSA keys",
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
