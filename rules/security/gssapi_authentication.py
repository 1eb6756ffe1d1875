"""sshd takes Kerberos tickets or checks passwords with Kerberos: more ways in than a key.

GSSAPIAuthentication makes sshd use GSSAPI with clients that are not logged in; Kerberos checks the
password of KerberosAuthentication. Both are off by default, and on in the stock files of RHEL and
Fedora. Where nobody has a ticket they are code that an attacker reaches and nobody uses.

CIS, DISA and dev-sec ask for off. In a Kerberos realm they are how people log in: leave them on
there and ignore the rule. The fix is unsafe.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

CHECKS = (
    weak_word(
        "GSSAPIAuthentication",
        {
            "yes": Weakness(
                "whoever has a Kerberos ticket for an account gets in", "one more way in than keys"
            )
        },
        "no",
    ),
    weak_word(
        "KerberosAuthentication",
        {"yes": Weakness("a guessed Kerberos password is enough to log in", "one more way in than keys")},
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
        "CIS Debian 12 v1.1.0, 5.1.9",
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
