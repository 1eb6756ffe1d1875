"""Keys are not taken, so that passwords are what is left.

With `PubkeyAuthentication no` nobody can log in with a key, and every login hangs on something that
can be guessed or phished. It is on by default.

The fix writes yes. It ends nobody's access, but it gives access to every key that stands in an
authorized_keys file already, so it is unsafe.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

RULE = Rule(
    summary="PubkeyAuthentication is off",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word(
        "PubkeyAuthentication",
        {"no": Weakness("nobody can log in with a key", "what is left can be guessed or phished")},
        "yes",
    ),
    references=(
        "DISA STIG RHEL 9 V2R9, RHEL-09-255035",
        "dev-sec ssh-baseline 2.8.1, sshd-22",
        "sshd-lint 1.3.0, rule 05",
    ),
    examples=(
        Example("PubkeyAuthentication no\n", "PubkeyAuthentication yes\n", unsafe=True),
        Example("PubkeyAuthentication yes\n"),
        Example("Port 22\n"),
    ),
)
