"""Users can reach everything that the server can reach, past the firewall.

## Why

With port forwarding, a login is also a proxy: `ssh -L`, `-D` and `-R` connect from the server to inner
machines and let the outside in. AllowTcpForwarding is on by default. Users with a shell can start their own
forwarder, so `no` is useful mostly for accounts without a shell.

CIS asks for DisableForwarding on servers of level 2, dev-sec for AllowTcpForwarding no; Mozilla and DISA do
not ask, and a jump host needs it. So this is an info.

## How to fix it

The fix sets AllowTcpForwarding no. It is unsafe: tunnels through this server stop.

## When to ignore it

On a jump host, or when users need tunnels.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.checks.forwarding import ports_disabled
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value

DEGREES = {"local": 1, "remote": 1, "yes": 2}


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    degree = DEGREES.get(str(value))
    if degree is None:
        return None
    return Weakness(
        "users can reach all that the server can reach, past the firewall",
        "each login can be used as a proxy",
        degree=degree,
    )


RULE = Rule(
    summary="AllowTcpForwarding is on",
    applies_to=("sshd_config",),
    severity="info",
    check=weak_value("AllowTcpForwarding", assess, "no", unless=ports_disabled),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.8 (level 2 on servers)",
        "dev-sec ssh-baseline 2.8.1, sshd-39",
        "Lynis SSH-7408, AllowTcpForwarding",
        "sshd-lint 1.3.0, rule 21",
    ),
    examples=(
        Example("AllowTcpForwarding yes\n", "AllowTcpForwarding no\n", unsafe=True),
        Example("AllowTcpForwarding no\n"),
        Example("AllowTcpForwarding yes\nDisableForwarding yes\n"),
        Example("Port 22\n", "Port 22\nAllowTcpForwarding no\n", unsafe=True),
        Example(
            "AllowTcpForwarding no\nMatch Group jump\n  AllowTcpForwarding local\n",
            "AllowTcpForwarding no\nMatch Group jump\n  AllowTcpForwarding no\n",
            unsafe=True,
        ),
    ),
)
