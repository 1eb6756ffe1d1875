"""A password alone is enough to log in, and attackers guess passwords all day.

## Why

Attackers try lists of names and passwords on every sshd that the internet can reach. A server that accepts
only keys has nothing to guess. PasswordAuthentication is on by default.

The rule reports nothing if AuthenticationMethods asks for more than the password (`publickey`, or
`publickey,password`). `password-through-pam` reports the second way, keyboard-interactive. dev-sec and
Mozilla ask for this (Mozilla with `AuthenticationMethods publickey`); CIS and DISA do not.

## How to fix it

The fix sets PasswordAuthentication no. It is unsafe: install a key and try it before you switch passwords
off.

## When to ignore it

When users have no keys, and the server is not on the internet.
"""

from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.lint import Block, Config, Example, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value

METHODS = "authenticationmethods"
PASSWORDS = ("any", "password", "keyboard-interactive")


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if value != "yes":
        return None
    return Weakness(
        "a guessed password is enough to log in", "sshd accepts passwords, and attackers guess them all day"
    )


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
    check=weak_value("PasswordAuthentication", assess, better, unless=no_password_alone),
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
