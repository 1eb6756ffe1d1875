"""Root can log in over SSH: with a password, or with a key.

With `PermitRootLogin yes` one guessed password is the whole machine, and root is the one account name
that every attacker knows. With prohibit-password, OpenSSH's default, only a key will do; but who
it was that became root is not in the log, only which key. forced-commands-only lets root's keys run
nothing but their own command.

The guides disagree: CIS, DISA and Mozilla ask for no; dev-sec and Lynis take prohibit-password too. So
that is told as info, and yes as a warning. The fix writes no. It is unsafe: where root is the only
account, nobody gets in afterwards.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.weak import Weak, weak_word

RULE = Rule(
    summary="root can log in over SSH",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word(
        "PermitRootLogin",
        {
            "yes": Weak(
                "root can log in, with a password too",
                "one guessed password is the whole machine",
                degree=2,
            ),
            "prohibit-password": Weak(
                "root can log in with a key",
                "the log does not tell who became root, only which key",
                severity="info",
            ),
        },
        "no",
    ),
    references=(
        "CIS Debian 12 v1.1.0, 5.1.20",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255045",
        "Mozilla OpenSSH guidelines, Modern",
        "dev-sec ssh-baseline 2.8.1, sshd-06 (prohibit-password is fine)",
        "Lynis SSH-7408, PermitRootLogin (prohibit-password is fine)",
    ),
    examples=(
        Example("PermitRootLogin yes\n", "PermitRootLogin no\n", unsafe=True),
        Example("PermitRootLogin no\n"),
        Example("PermitRootLogin forced-commands-only\n"),
        Example("Port 22\n", "Port 22\nPermitRootLogin no\n", unsafe=True),
        Example(
            "PermitRootLogin no\nMatch Address 10.0.0.0/8\n    PermitRootLogin yes\n",
            "PermitRootLogin no\nMatch Address 10.0.0.0/8\n    PermitRootLogin no\n",
            unsafe=True,
        ),
    ),
)
