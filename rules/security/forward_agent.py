"""Every server that you log in to can use your keys: ForwardAgent is on for all hosts.

## Why

While you are logged in, root on the server, and anyone who breaks in, signs with the keys of your agent and
logs in as you elsewhere. The rule skips a Host block for certain hosts, which you may trust. ProxyJump
reaches inner machines without an agent on the way.

## How to fix it

The fix sets ForwardAgent no. It is unsafe: the next hop then asks for a key.

## When to ignore it

When all hosts in this file are trusted.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if not isinstance(value, dict) or value.get("flag") != "yes":
        return None
    return Weakness("every server you log in to can use your keys", "the agent is forwarded to all of them")


RULE = Rule(
    summary="ForwardAgent is on for every host",
    applies_to=("ssh_config",),
    severity="warning",
    check=weak_value("ForwardAgent", assess, "no", in_blocks=False),
    references=(
        "dev-sec ssh-baseline 2.8.1, ssh-11",
        "Mozilla OpenSSH guidelines, Protection of user keys",
        "ssh_config(5), ForwardAgent",
    ),
    examples=(
        Example("Host *\n  ForwardAgent yes\n", "Host *\n  ForwardAgent no\n", unsafe=True),
        Example("Host jump\n  ForwardAgent yes\n"),
        Example("Host *\n  ForwardAgent no\n"),
    ),
)
