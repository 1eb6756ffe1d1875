"""root on this server can use the keys of all users who forward an agent to it.

## Why

A forwarded agent is a socket in /tmp. Anyone who can open it signs with the user's keys while the user is
logged in, and so gets to the next machine. AllowAgentForwarding is on by default. The client must ask for
it, so `no` protects users who ask without need. ProxyJump needs no agent on the way.

dev-sec and Lynis ask for no, and CIS for DisableForwarding on servers of level 2; Mozilla and DISA do not
ask. So this is an info.

## How to fix it

The fix sets AllowAgentForwarding no. It is unsafe: users who log in to the next machine with the agent
can't do that any longer.

## When to ignore it

When users need an agent on this server, and all its administrators are trusted.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.forwarding import all_disabled
from sshkeep.lint.checks.weak_values import Weakness, weak_word

RULE = Rule(
    summary="AllowAgentForwarding is on",
    applies_to=("sshd_config",),
    severity="info",
    check=weak_word(
        "AllowAgentForwarding",
        {
            "yes": Weakness(
                "root on this server can use the keys of agents forwarded to it", "agents can be forwarded"
            )
        },
        "no",
        unless=all_disabled,
    ),
    references=(
        "dev-sec ssh-baseline 2.8.1, sshd-40",
        "Lynis SSH-7408, AllowAgentForwarding",
        "CIS Debian 12 v2.0.0, 5.1.8 (level 2 on servers)",
        "sshd-lint 1.3.0, rule 22",
    ),
    examples=(
        Example("AllowAgentForwarding yes\n", "AllowAgentForwarding no\n", unsafe=True),
        Example("AllowAgentForwarding no\n"),
        Example("AllowAgentForwarding yes\nDisableForwarding yes\n"),
        Example("Port 22\n", "Port 22\nAllowAgentForwarding no\n", unsafe=True),
    ),
)
