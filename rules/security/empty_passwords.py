"""Anybody who knows the name of an account without a password can log in to it.

## Why

With `PermitEmptyPasswords yes`, sshd accepts an empty password if the account has none. Installers,
containers and `passwd -d` make such accounts, for use at the console. With UsePAM, PAM also decides
(pam_unix without nullok refuses). The rule reports nothing where passwords are off.

## How to fix it

The fix sets PermitEmptyPasswords no, the default. It is unsafe, since users who log in with an empty
password no longer can.

## When to ignore it

Only on a machine that no untrusted network reaches, such as a kiosk or a test machine.
"""

from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.lint import Block, Config, Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word


def no_passwords(block: Block | None, config: Config) -> bool:
    """Whether passwords of any kind are switched off (auth2-none.c; auth-pam.c for keyboard-interactive)."""
    if value_in_block("passwordauthentication", block, config).value != "no":
        return False
    names = ("kbdinteractiveauthentication", "challengeresponseauthentication")
    keyboard_interactive = any(value_in_block(name, block, config).value == "yes" for name in names)
    return not (keyboard_interactive and value_in_block("usepam", block, config).value == "yes")


RULE = Rule(
    summary="PermitEmptyPasswords is on",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word(
        "PermitEmptyPasswords",
        {
            "yes": Weakness(
                "anybody can log in to accounts without a password", "sshd accepts an empty password"
            )
        },
        "no",
        unless=no_passwords,
    ),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.19",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255040",
        "dev-sec ssh-baseline 2.8.1, sshd-28",
        "sshd-lint 1.3.0, rule 03",
    ),
    examples=(
        Example("PermitEmptyPasswords yes\n", "PermitEmptyPasswords no\n", unsafe=True),
        Example("PermitEmptyPasswords no\n"),
        Example("PermitEmptyPasswords yes\nPasswordAuthentication no\n"),
        Example("Port 22\n"),
        Example(
            "Match User kiosk\n  PermitEmptyPasswords yes\n",
            "Match User kiosk\n  PermitEmptyPasswords no\n",
            unsafe=True,
        ),
    ),
)
