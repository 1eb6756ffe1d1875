"""PasswordAuthentication is no, but PAM can still ask for a password.

## Why

sshd has two methods that use a password: `password` and `keyboard-interactive`. With UsePAM, the second one
lets PAM ask what it is set up to ask, which is the account's password on a stock system.
KbdInteractiveAuthentication (ChallengeResponseAuthentication up to 8.6) is on by default, so
`PasswordAuthentication no` alone closes only one of the two ways.

The rule reports nothing if AuthenticationMethods names keyboard-interactive or asks for more.

## How to fix it

The fix sets KbdInteractiveAuthentication no. It is unsafe.

## When to ignore it

When PAM asks for one-time codes. Better: name keyboard-interactive in AuthenticationMethods.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word
from sshkeep.openssh.releases import ONE_KEYBOARD_INTERACTIVE

SAYS = {
    "yes": Weakness(
        "PAM can still let users in with a password",
        "the second way to a password, beside PasswordAuthentication",
        ("PasswordAuthentication is no, but keyboard-interactive asks what PAM is set up to ask",),
    )
}
NEW = weak_word("KbdInteractiveAuthentication", SAYS, "no", in_blocks=False)
OLD = weak_word("ChallengeResponseAuthentication", SAYS, "no", in_blocks=False)


def check(config: Config, options: Options) -> Iterator[Finding]:
    passwords, pam = global_value("passwordauthentication", config), global_value("usepam", config)
    if passwords.value != "no" or pam.value != "yes" or not (passwords.certain and pam.certain):
        return
    if global_value("authenticationmethods", config).entry is not None:
        return
    old = config.target.release < ONE_KEYBOARD_INTERACTIVE
    for finding in (OLD if old else NEW)(config, options):
        # The block of another line may ask for keyboard-interactive, and nothing would be left there.
        yield finding._replace(fix=None) if config.lines("authenticationmethods") else finding


RULE = Rule(
    summary="PasswordAuthentication is off, but PAM can still be asked for a password",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=(
        "Mozilla OpenSSH guidelines, Multi-Factor Authentication",
        "dev-sec ssh-baseline 2.8.1, sshd-29",
        "sshd-lint 1.3.0, rule 04",
    ),
    examples=(
        Example(
            "UsePAM yes\nPasswordAuthentication no\nMatch User a\n  AuthenticationMethods publickey\n",
            hit=True,
            target="debian-12",
        ),
        Example(
            "UsePAM yes\nPasswordAuthentication no\n",
            "UsePAM yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n",
            target="debian-12",
            unsafe=True,
        ),
        Example(
            "UsePAM yes\nPasswordAuthentication no\n",
            "UsePAM yes\nPasswordAuthentication no\nChallengeResponseAuthentication no\n",
            target="debian-11",
            unsafe=True,
        ),
        Example(
            "UsePAM yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n", target="debian-12"
        ),
        Example(
            "UsePAM yes\nPasswordAuthentication no\nAuthenticationMethods publickey,keyboard-interactive\n",
            target="debian-12",
        ),
    ),
)
