"""Forwarded ports are open to the network, and not only to this machine.

## Why

In sshd, with `GatewayPorts yes` each `ssh -R` listens on all addresses of the server, so a user can open an
inner service to the network. With clientspecified, the user chooses the address. In ssh, with `GatewayPorts
yes` each LocalForward and DynamicForward listens on all addresses of this machine, and the whole network
can go through your login. It is off by default in both.

## How to fix it

The fix sets GatewayPorts no. It is unsafe: others lose what they reach through these ports.

## When to ignore it

When other machines need the forwarded ports, and a firewall limits who reaches them.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.forwarding import ports_disabled
from sshkeep.lint.checks.weak_values import Weakness, weak_word

SSHD = weak_word(
    "GatewayPorts",
    {
        "yes": Weakness(
            "what users forward here is open to the network",
            "with -R, sshd listens on all addresses",
            degree=2,
        ),
        "clientspecified": Weakness(
            "users can open their forwards to the network", "with -R, the client chooses the address"
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
