"""Whoever can forge DNS can put a false server in place of yours.

With `VerifyHostKeyDNS yes` ssh believes a host key that DNS vouches for, without asking, if the
resolver claims that the answer was signed. It takes the resolver's word for that: on a network whose
resolver is not yours, that is the network's word.

Before 9.9p2, an error in the middle of the check was taken for a good key, with yes and with ask
(CVE-2025-26465; sshconnect2.c). That is reported for OpenSSH's own releases; vendors have fixed
theirs. The fix writes no, which is the default, and is unsafe: ssh asks about new hosts again.
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
        return Weakness("ssh logs in to whatever server DNS vouches for", "the resolver's word is enough")
    return None


RULE = Rule(
    summary="VerifyHostKeyDNS lets DNS vouch for servers",
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
