"""sshd trusts what another machine says about its user.

## Why

With `HostbasedAuthentication yes`, a client's machine identifies its users with its host key: root on that
machine can be any user here except root. shosts.equiv or hosts.equiv lists the trusted machines; with
`IgnoreRhosts no`, also each user's ~/.rhosts and ~/.shosts. Their keys are in ssh_known_hosts and, unless
`IgnoreUserKnownHosts yes`, in each user's known_hosts.

CIS and DISA ask for IgnoreRhosts yes, and DISA and dev-sec for IgnoreUserKnownHosts yes, even where
host-based logins are off. Both have no effect then, so only the profiles ask for them.

## How to fix it

The fix sets HostbasedAuthentication no, the default. It is unsafe.

## When to ignore it

In a cluster whose nodes trust each other.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_word

ON = weak_word(
    "HostbasedAuthentication",
    {
        "yes": Weakness(
            "root of a trusted machine can log in as other users here",
            "the other machine says which user it is",
        )
    },
    "no",
)


USERS_DECIDE = {
    "IgnoreRhosts": "IgnoreRhosts is {}: each user's ~/.shosts adds trusted machines",
    "IgnoreUserKnownHosts": "IgnoreUserKnownHosts is {}: each user adds their keys",
}


def check(config: Config, options: Options) -> Iterator[Finding]:
    for finding in ON(config, options):
        values = {name: global_value(name.lower(), config).value for name in USERS_DECIDE}
        notes = [USERS_DECIDE[name].format(value) for name, value in values.items() if value != "yes"]
        yield finding._replace(notes=tuple(notes))


RULE = Rule(
    summary="HostbasedAuthentication is on",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=(
        "CIS Debian 12 v2.0.0, 5.1.10 and 5.1.11",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255080, RHEL-09-255145, RHEL-09-255150",
        "dev-sec ssh-baseline 2.8.1, sshd-23 to sshd-25",
        "sshd-lint 1.3.0, rule 06",
    ),
    examples=(
        Example("HostbasedAuthentication yes\n", "HostbasedAuthentication no\n", unsafe=True),
        Example("HostbasedAuthentication no\n"),
        Example("Port 22\n"),
        Example(
            "Match Address 10.0.0.0/8\n  HostbasedAuthentication yes\n",
            "Match Address 10.0.0.0/8\n  HostbasedAuthentication no\n",
            unsafe=True,
        ),
    ),
)
