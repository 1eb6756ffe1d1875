"""Users can set any environment variable, such as LD_PRELOAD, and so bypass a forced command.

## Why

With `PermitUserEnvironment yes`, sshd reads ~/.ssh/environment and `environment=` in authorized_keys. With
AcceptEnv it accepts variables from the client. A user who is limited by ForceCommand or a restricted shell
and can write one file gets out with LD_PRELOAD, PATH or BASH_ENV. A list such as `LANG,LC_*` is safe.

The rule reports lines that accept LD_PRELOAD.

## How to fix it

The fix sets PermitUserEnvironment no, the default. It is unsafe, since users may need the variables. For
AcceptEnv, list the variables that are needed.

## When to ignore it

When no user is limited by a forced command or a restricted shell.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import accepted_lines
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.patterns import match_list, match_pattern
from sshkeep.openssh.values.arguments import Value

DANGEROUS = "LD_PRELOAD"


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if value != "yes" and not match_list(DANGEROUS, tuple(str(value).split(","))):
        return None
    return Weakness(
        "users can bypass a forced command or restricted shell",
        f"{DANGEROUS} from ~/.ssh/environment counts",
    )


PERMIT = weak_value("PermitUserEnvironment", assess, "no")


def check(config: Config, options: Options) -> Iterator[Finding]:
    yield from PERMIT(config, options)
    for entry, parsed in accepted_lines("acceptenv", config):
        names = parsed.value if isinstance(parsed.value, tuple) else ()
        if any(match_pattern(DANGEROUS, name) for name in names):
            yield at_entry(entry, "users can bypass a forced command or restricted shell")._replace(
                label=f"{DANGEROUS} is taken from the client",
                notes=("name the variables that are needed, such as LANG LC_*",),
            )


RULE = Rule(
    summary="users can set any environment variable",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=(
        "CIS Debian 12 v2.0.0, 5.1.21",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255085",
        "dev-sec ssh-baseline 2.8.1, sshd-17",
        "Lynis SSH-7408, PermitUserEnvironment",
        "sshd_config(5), AcceptEnv and PermitUserEnvironment",
    ),
    examples=(
        Example("PermitUserEnvironment yes\n", "PermitUserEnvironment no\n", unsafe=True),
        Example("PermitUserEnvironment LANG,LC_*\n"),
        Example("AcceptEnv *\n", hit=True),
        Example("AcceptEnv LANG LC_*\n"),
    ),
)
