"""sshd accepts no keys, so users log in with passwords.

## Why

With `PubkeyAuthentication no`, nobody can log in with a key, and every login uses something that can be
guessed or phished. It is on by default.

## How to fix it

The fix sets PubkeyAuthentication yes. It takes no access away, but gives access to every key that is
already in an authorized_keys file, so it is unsafe.

## When to ignore it

When certificates of another system or Kerberos replace keys.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

RULE = Rule(
    summary="PubkeyAuthentication is off",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word(
        "PubkeyAuthentication",
        {"no": Weakness("nobody can log in with a key", "the other methods can be guessed or phished")},
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
