"""What PAM would refuse at a login, sshd lets through.

With `UsePAM no` PAM's account and session modules are not asked: login times, pam_access, limits,
pam_systemd and the audit login id have no effect on SSH logins (whether an account has expired, sshd then
looks itself). A sshd that is built with PAM
has it off by default; distributions switch it on in their stock file, so that a file without the
line has it off.

Told for targets whose sshd is built with PAM. The fix writes yes and is unsafe: PAM may refuse
users who get in today.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

RULE = Rule(
    summary="UsePAM is off",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_word(
        "UsePAM",
        {"no": Weakness("PAM's account rules, limits and sessions don't apply", "PAM is not asked")},
        "yes",
    ),
    references=(
        "CIS Debian 12 v1.1.0, 5.1.22",
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
