"""Users set what their session starts with, LD_PRELOAD among it, and step around a forced command.

`PermitUserEnvironment yes` takes ~/.ssh/environment and `environment=` in authorized_keys; AcceptEnv
takes what the client sends. A user who is held by ForceCommand or a restricted shell, and can write
one file, gets out with LD_PRELOAD, PATH or BASH_ENV. A pattern list such as `LANG,LC_*` is fine.

Told where LD_PRELOAD would be taken. The fix for PermitUserEnvironment writes no, the default, and
is unsafe, since somebody may need the variables. For AcceptEnv you know best which ones are needed.
"""

from collections.abc import Iterator

from sshkeep.config.tree.config import Config
from sshkeep.lint import Example, Finding, Options, Rule, accepted_lines, at_entry
from sshkeep.lint.weak import Weak, weak
from sshkeep.openssh.patterns import match_list, match_pattern
from sshkeep.openssh.values.arguments import Value

DANGEROUS = "LD_PRELOAD"


def judge(value: Value, config: Config, options: Options) -> Weak | None:
    if value != "yes" and not match_list(DANGEROUS, tuple(str(value).split(","))):
        return None
    return Weak(
        "users can step around a forced command or restricted shell",
        f"{DANGEROUS} from ~/.ssh/environment counts",
    )


PERMIT = weak("PermitUserEnvironment", judge, "no")


def check(config: Config, options: Options) -> Iterator[Finding]:
    yield from PERMIT(config, options)
    for entry, parsed in accepted_lines("acceptenv", config):
        names = parsed.value if isinstance(parsed.value, tuple) else ()
        if any(match_pattern(DANGEROUS, name) for name in names):
            yield at_entry(entry, "users can step around a forced command or restricted shell")._replace(
                label=f"{DANGEROUS} is taken from the client",
                notes=("name the variables that are needed, such as LANG LC_*",),
            )


RULE = Rule(
    summary="users can set any environment variable",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=(
        "CIS Debian 12 v1.1.0, 5.1.21",
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
