"""Another local user who can write to a home can put a key there and log in as its owner.

Before sshd believes an authorized_keys file it looks whether the file, ~/.ssh and the home can be
written by anybody but their owner and root. `StrictModes no` leaves that out.

The fix writes yes, which is the default. It is unsafe: those whose files are writable by others
cannot log in any more until that is fixed.
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
                "nobody looks who can write authorized_keys",
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
