"""root on this server can use the keys of everybody who forwards an agent to it.

A forwarded agent is a socket in /tmp. Whoever may open it signs with the user's keys for as long as
the user is logged in, and so goes on to the next machine. AllowAgentForwarding is on by default. The
client has to ask for it, so `no` protects those who ask carelessly; ProxyJump needs no agent on
the way.

dev-sec and Lynis ask for no, CIS for DisableForwarding on servers of level 2; Mozilla and DISA do not
ask. So this is info. The fix writes no and is unsafe.
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
        "CIS Debian 12 v1.1.0, 5.1.8 (level 2 on servers)",
        "sshd-lint 1.3.0, rule 22",
    ),
    examples=(
        Example("AllowAgentForwarding yes\n", "AllowAgentForwarding no\n", unsafe=True),
        Example("AllowAgentForwarding no\n"),
        Example("AllowAgentForwarding yes\nDisableForwarding yes\n"),
        Example("Port 22\n", "Port 22\nAllowAgentForwarding no\n", unsafe=True),
    ),
)
