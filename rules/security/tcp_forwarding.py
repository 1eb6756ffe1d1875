"""Whoever logs in reaches everything that the server can reach, past the firewall.

With port forwarding a login is also a proxy: `ssh -L`, `-D` and `-R` connect from the server to
inner machines and let the outside in. AllowTcpForwarding is on by default. For people with a shell
it is a small lock, since they can bring their own forwarder; it counts for accounts that have none.

CIS asks for DisableForwarding on servers of level 2, dev-sec for AllowTcpForwarding no; Mozilla and
DISA do not ask, and a jump host needs it. So this is info. The fix writes no and is unsafe.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.forwarding import ports_disabled
from sshkeep.lint.weak import Weak, weak
from sshkeep.openssh.values.arguments import Value

DEGREES = {"local": 1, "remote": 1, "yes": 2}


def judge(value: Value, config: Config, options: Options) -> Weak | None:
    degree = DEGREES.get(str(value))
    if degree is None:
        return None
    return Weak(
        "whoever logs in can reach what the server can, past the firewall",
        "a login is a proxy, too",
        degree=degree,
    )


RULE = Rule(
    summary="AllowTcpForwarding is on",
    applies_to=("sshd_config",),
    severity="info",
    check=weak("AllowTcpForwarding", judge, "no", unless=ports_disabled),
    references=(
        "CIS Debian 12 v1.1.0, 5.1.8 (level 2 on servers)",
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
