"""Every server that you log in to can use your keys: ForwardAgent is on for all of them.

While you are logged in, root there (and whoever breaks in) signs with the keys of your agent, and so
logs in as you elsewhere. For one machine that you trust it may be what you want, so a Host of its own
is left alone; for `Host *` it never is. ProxyJump reaches inner machines without an agent on the way.

The fix writes no and is unsafe: the next hop asks for a key then.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.weak import Weak, weak
from sshkeep.openssh.values.arguments import Value


def judge(value: Value, config: Config, options: Options) -> Weak | None:
    if not isinstance(value, dict) or value.get("flag") != "yes":
        return None
    return Weak("every server you log in to can use your keys", "the agent is forwarded to all of them")


RULE = Rule(
    summary="ForwardAgent is on for every host",
    applies_to=("ssh_config",),
    severity="warning",
    check=weak("ForwardAgent", judge, "no", in_blocks=False),
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
