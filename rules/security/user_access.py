"""Every account can log in over SSH: no line limits it.

## Why

Packages, directories (LDAP, AD) and former colleagues leave accounts. With AllowGroups or AllowUsers, a new
account has no SSH until you add it to the list. CIS also accepts DenyUsers and DenyGroups.

## How to fix it

Write AllowGroups or AllowUsers, and include yourself. There is no automatic fix, since sshkeep can't know
who may log in.

## When to ignore it

When another system, such as PAM's pam_access, limits logins.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import missing_position

LISTS = ("allowusers", "allowgroups", "denyusers", "denygroups")


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.fragment or config.unread:
        return
    # A list in a Match block limits those whom the block is for, and nobody else.
    if any(global_value(name, config).entry is not None for name in LISTS):
        return
    source, span = missing_position("AllowGroups", config)
    yield Finding(
        "every account with a key or a password can log in",
        source,
        span,
        "AllowGroups",
        label="no AllowUsers, AllowGroups, DenyUsers or DenyGroups line applies to everyone",
    )


RULE = Rule(
    summary="no AllowUsers, AllowGroups, DenyUsers or DenyGroups",
    applies_to=("sshd_config",),
    severity="info",
    check=check,
    references=("CIS Debian 12 v2.0.0, 5.1.4", "Lynis SSH-7440", "sshd-lint 1.3.0, rule 14"),
    examples=(
        Example("Port 22\n", hit=True),
        Example("Port 22\nAllowGroups ssh-users\n"),
        Example("Port 22\nMatch Group sftp\n    ForceCommand internal-sftp\nAllowGroups admins\n", hit=True),
        Example("Match all\nAllowGroups ssh-users\n"),
    ),
)
