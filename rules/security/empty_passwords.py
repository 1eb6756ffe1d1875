"""Accounts without a password can be entered by anybody who knows their name.

With `PermitEmptyPasswords yes` sshd takes an empty password where the account has none. Such accounts
are made by installers, containers and `passwd -d`, and meant for the console. With UsePAM the PAM
stack has a say as well (pam_unix without nullok refuses). It is silent where passwords are switched off.

The fix writes no, which is the default. It is unsafe, since whoever logs in that way cannot any more.
"""

from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.lint import Block, Config, Example, Rule
from sshkeep.lint.weak import Weak, weak_word


def no_passwords(block: Block | None, config: Config) -> bool:
    """Whether passwords of any kind are switched off (auth2-none.c; auth-pam.c for keyboard-interactive)."""
    if value_in_block("passwordauthentication", block, config).value != "no":
        return False
    names = ("kbdinteractiveauthentication", "challengeresponseauthentication")
    asked = any(value_in_block(name, block, config).value == "yes" for name in names)
    return not (asked and value_in_block("usepam", block, config).value == "yes")


RULE = Rule(
    summary="PermitEmptyPasswords is on",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word(
        "PermitEmptyPasswords",
        {"yes": Weak("accounts without a password can be entered by anybody", "an empty password is taken")},
        "no",
        unless=no_passwords,
    ),
    references=(
        "CIS Debian 12 v1.1.0, 5.1.19",
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
