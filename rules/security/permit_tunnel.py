"""Users can connect their own network to the server's: PermitTunnel is on.

## Why

With PermitTunnel, a login can forward whole network packets (point-to-point) or frames (ethernet) through a
tun device. root must set up the device on the server. Firewalls between the two networks then see only SSH.
It is off by default.

## How to fix it

The fix sets PermitTunnel no. It is unsafe: VPNs over SSH end.

## When to ignore it

When this server is the end of such a VPN.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

SAYS = Weakness(
    "users can connect their own network to the server's", "a login can forward whole network packets"
)

RULE = Rule(
    summary="PermitTunnel is on",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word("PermitTunnel", dict.fromkeys(("yes", "point-to-point", "ethernet"), SAYS), "no"),
    references=(
        "dev-sec ssh-baseline 2.8.1, sshd-38",
        "Lynis SSH-7408, PermitTunnel",
        "sshd-lint 1.3.0, rule 24",
    ),
    examples=(
        Example("PermitTunnel yes\n", "PermitTunnel no\n", unsafe=True),
        Example("PermitTunnel no\n"),
        Example("PermitTunnel point-to-point\n", "PermitTunnel no\n", unsafe=True),
        Example("Port 22\n"),
    ),
)
