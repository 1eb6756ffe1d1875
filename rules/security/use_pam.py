"""sshd lets users in whom PAM would refuse.

## Why

With `UsePAM no`, sshd does not use PAM's account and session modules: login times, pam_access, limits,
pam_systemd and the audit login id have no effect on SSH logins. sshd then checks by itself whether an
account has expired. UsePAM is off by default in an sshd with PAM. Distributions switch it on in their stock
file, so it is off in a file without the line.

The rule reports targets whose sshd has PAM.

## How to fix it

The fix sets UsePAM yes. It is unsafe: PAM may refuse users who can log in today.

## When to ignore it

When nothing on the machine needs PAM, such as in a container.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

RULE = Rule(
    summary="UsePAM is off",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word(
        "UsePAM",
        {"no": Weakness("PAM's account rules, limits and sessions don't apply", "sshd does not use PAM")},
        "yes",
    ),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.22",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255050",
        "servconf.c, fill_default_server_options",
    ),
    examples=(
        Example("UsePAM no\n", "UsePAM yes\n", target="debian-12", unsafe=True),
        Example("UsePAM yes\n", target="debian-12"),
        Example("Port 22\n", "Port 22\nUsePAM yes\n", target="debian-12", unsafe=True),
        Example("Port 22\n", target="openssh-10.0"),
    ),
)
