"""Forwarded ports are open to the network instead of this machine only.

sshd: with `GatewayPorts yes` each `ssh -R` listens on all addresses of the server, so that a user
puts an inner service on the network; with clientspecified the user chooses. ssh: with
`GatewayPorts yes` each LocalForward and DynamicForward listens on all addresses of this machine, and
the whole network goes through your login.

Off by default on both sides. The fix writes no and is unsafe: what others reach that way is gone.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.forwarding import ports_disabled
from sshkeep.lint.checks.weak_values import Weakness, weak_word

SSHD = weak_word(
    "GatewayPorts",
    {
        "yes": Weakness("what users forward here is open to the network", "-R listens everywhere", degree=2),
        "clientspecified": Weakness(
            "users can open their forwards to the network", "-R listens where it asks"
        ),
    },
    "no",
    unless=ports_disabled,
)
SSH = weak_word(
    "GatewayPorts",
    {"yes": Weakness("the whole network can use your forwarded ports", "they listen on all addresses")},
    "no",
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    yield from (SSHD if config.kind == "sshd_config" else SSH)(config, options)


RULE = Rule(
    summary="GatewayPorts opens forwarded ports to the network",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=(
        "dev-sec ssh-baseline 2.8.1, sshd-41",
        "Lynis SSH-7408, GatewayPorts",
        "sshd-lint 1.3.0, rule 23",
        "ssh_config(5), GatewayPorts",
    ),
    examples=(
        Example("GatewayPorts yes\n", "GatewayPorts no\n", kind="sshd_config", unsafe=True),
        Example("GatewayPorts no\n", kind="sshd_config"),
        Example("GatewayPorts clientspecified\n", "GatewayPorts no\n", kind="sshd_config", unsafe=True),
        Example("GatewayPorts yes\nDisableForwarding yes\n", kind="sshd_config"),
        Example(
            "Host *\n  GatewayPorts yes\n", "Host *\n  GatewayPorts no\n", kind="ssh_config", unsafe=True
        ),
        Example("Host *\n  GatewayPorts no\n", kind="ssh_config"),
    ),
)
