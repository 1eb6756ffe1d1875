"""Users can join their network to the server's: PermitTunnel is on.

With PermitTunnel a login carries whole packets (point-to-point) or frames (ethernet) through a tun
device. For that the device must be set up on the server, which takes root; then firewalls between
the two networks see nothing but SSH. It is off by default.

The fix writes no and is unsafe: VPNs over SSH end.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

SAYS = Weakness("users can connect their own network to the server's", "a login carries whole packets")

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
