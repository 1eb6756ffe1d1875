"""A local user who can write to another user's home can add a key there and log in as that user.

## Why

Before sshd trusts an authorized_keys file, it checks that only the owner and root can write to the file, to
~/.ssh and to the home. `StrictModes no` skips this check.

## How to fix it

The fix sets StrictModes yes, the default. It is unsafe: users whose files others can write to can't log in
until they correct the permissions.

## When to ignore it

When the homes are on a file system that does not show permissions.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

RULE = Rule(
    summary="StrictModes is off",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word(
        "StrictModes",
        {
            "no": Weakness(
                "sshd trusts an authorized_keys file that other users can write to",
                "sshd does not check who can write authorized_keys",
            )
        },
        "yes",
    ),
    references=(
        "DISA STIG RHEL 9 V2R9, RHEL-09-255160",
        "dev-sec ssh-baseline 2.8.1, sshd-11",
        "Lynis SSH-7408, StrictModes",
        "sshd-lint 1.3.0, rule 51",
    ),
    examples=(
        Example("StrictModes no\n", "StrictModes yes\n", unsafe=True),
        Example("StrictModes yes\n"),
        Example("Port 22\n"),
    ),
)
