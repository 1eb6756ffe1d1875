"""sshd accepts Kerberos tickets, or checks passwords with Kerberos: more ways to log in than a key.

## Why

With GSSAPIAuthentication, sshd uses GSSAPI with clients that are not logged in. With
KerberosAuthentication, Kerberos checks the password. Both are off by default, and on in the stock files of
RHEL and Fedora. Where nobody has a ticket, this is code that attackers can reach and nobody uses. CIS, DISA
and dev-sec ask for off.

## How to fix it

The fix switches the option off. It is unsafe.

## When to ignore it

In a Kerberos realm, where people log in with tickets.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

CHECKS = (
    weak_word(
        "GSSAPIAuthentication",
        {
            "yes": Weakness(
                "anyone with a Kerberos ticket for an account can log in",
                "a second way to log in, besides keys",
            )
        },
        "no",
    ),
    weak_word(
        "KerberosAuthentication",
        {
            "yes": Weakness(
                "a guessed Kerberos password is enough to log in", "a second way to log in, besides keys"
            )
        },
        "no",
    ),
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    for each in CHECKS:
        yield from each(config, options)


RULE = Rule(
    summary="GSSAPIAuthentication or KerberosAuthentication is on",
    applies_to=("sshd_config",),
    severity="info",
    check=check,
    references=(
        "CIS Debian 12 v2.0.0, 5.1.9",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255135 and RHEL-09-255140",
        "dev-sec ssh-baseline 2.8.1, sshd-30 and sshd-33",
    ),
    examples=(
        Example("GSSAPIAuthentication yes\n", "GSSAPIAuthentication no\n", target="debian-12", unsafe=True),
        Example("GSSAPIAuthentication no\n", target="debian-12"),
        Example("KerberosAuthentication yes\n", "KerberosAuthentication no\n", target="rhel-9", unsafe=True),
        Example("Port 22\n", target="rhel-9"),
    ),
)
