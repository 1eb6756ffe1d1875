"""A password alone is enough to log in, and passwords are guessed all day long.

Every sshd that is reachable from the internet is tried with lists of names and passwords. Where only
keys are taken there is nothing to guess. PasswordAuthentication is on by default.

Silent where AuthenticationMethods asks for more than the password (`publickey`, or
`publickey,password`). `password-through-pam` tells of the second way in, keyboard-interactive. CIS and
DISA do not ask for this, dev-sec and Mozilla do (Mozilla by `AuthenticationMethods publickey`). The fix
is unsafe: put a key in place and try it before you take passwords away.
"""

from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.lint import Example, Options, Rule
from sshkeep.lint.weak import Weak, weak
from sshkeep.openssh.values.arguments import Value

METHODS = "authenticationmethods"
PASSWORDS = ("any", "password", "keyboard-interactive")


def judge(value: Value, config: Config, options: Options) -> Weak | None:
    if value != "yes":
        return None
    return Weak("a guessed password is enough to log in", "passwords are taken, and guessed all day long")


def no_password_alone(block: Block | None, config: Config) -> bool:
    """Whether each list of AuthenticationMethods asks for something that can't be guessed."""
    methods = value_in_block(METHODS, block, config).value
    lists = methods if isinstance(methods, tuple) else ("any",)
    return not any(all(m.partition(":")[0] in PASSWORDS for m in each.split(",")) for each in lists)


def better(config: Config, options: Options) -> str:
    # With AuthenticationMethods that name it, sshd would not start without it.
    return "" if config.lines(METHODS) else "no"


RULE = Rule(
    summary="a password alone is enough to log in",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak("PasswordAuthentication", judge, better, unless=no_password_alone),
    references=(
        "Mozilla OpenSSH guidelines, Modern",
        "dev-sec ssh-baseline 2.8.1, sshd-27",
        "sshd-lint 1.3.0, rule 02",
    ),
    examples=(
        Example("PasswordAuthentication yes\n", "PasswordAuthentication no\n", unsafe=True),
        Example("PasswordAuthentication no\n"),
        Example("PasswordAuthentication yes\nAuthenticationMethods publickey,password\n"),
        Example("Port 22\n", "Port 22\nPasswordAuthentication no\n", unsafe=True),
        Example(
            "PasswordAuthentication no\nMatch Group old\n\tPasswordAuthentication yes\n",
            "PasswordAuthentication no\nMatch Group old\n\tPasswordAuthentication no\n",
            unsafe=True,
        ),
    ),
)
