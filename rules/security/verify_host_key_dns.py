"""An attacker who can forge DNS can put a false server in place of yours.

## Why

With `VerifyHostKeyDNS yes`, ssh trusts a host key from DNS without a question if the resolver says that the
answer is signed. ssh does not check the signature itself: on a network with a foreign resolver, the network
decides.

Before 9.9p2, ssh accepted a wrong key after an error in the check, with yes and with ask (CVE-2025-26465;
sshconnect2.c). The rule reports that for OpenSSH's own releases; vendors have fixed theirs.

## How to fix it

The fix sets VerifyHostKeyDNS no, the default. It is unsafe: ssh asks about new hosts again.

## When to ignore it

When the resolver runs on this machine and checks DNSSEC.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.releases import Release
from sshkeep.openssh.values.arguments import Value

MENDED_BY = Release(9, 9)


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if value not in ("yes", "ask"):
        return None
    if config.target.vendor == "openssh" and config.target.release < MENDED_BY:
        return Weakness(
            "a false server can pass for yours without its key",
            "CVE-2025-26465: with this on, an error in the check lets it through",
            degree=2,
        )
    if value == "yes":
        return Weakness(
            "ssh trusts any host key that DNS has for the server", "ssh trusts the resolver's answer"
        )
    return None


RULE = Rule(
    summary="VerifyHostKeyDNS trusts host keys from DNS",
    applies_to=("ssh_config",),
    severity="warning",
    check=weak_value("VerifyHostKeyDNS", assess, "no"),
    references=(
        "ssh_config(5), VerifyHostKeyDNS",
        "CVE-2025-26465",
        "sshconnect2.c of 9.9p2, verify_host_key_callback",
    ),
    examples=(
        Example("Host *\n  VerifyHostKeyDNS yes\n", "Host *\n  VerifyHostKeyDNS no\n", unsafe=True),
        Example("Host *\n  VerifyHostKeyDNS no\n"),
        Example(
            "Host *\n  VerifyHostKeyDNS ask\n",
            "Host *\n  VerifyHostKeyDNS no\n",
            target="openssh-9.8",
            unsafe=True,
        ),
        Example("Host *\n  VerifyHostKeyDNS ask\n", target="openssh-10.0"),
    ),
)
