"""All accounts share one file of keys: each key in it can log in to every account.

## Why

AuthorizedKeysFile is a path below the home, or an absolute path with %u (user), %U (uid) or %h (home). An
absolute path without any of them is the same file for all accounts. The rule reports the global value. In a
Match User block this is right, since it is the file of one account.

## How to fix it

Write %u into the path. There is no automatic fix, since sshkeep can't know where the keys are.

## When to ignore it

When the machine has only one account that logs in.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.global_value import global_value
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry

OWN = ("%u", "%U", "%h")


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not config.lines("authorizedkeysfile"):
        return
    effect = global_value("authorizedkeysfile", config)
    files = effect.value if isinstance(effect.value, tuple) else ()
    shared = [path for path in files if path.startswith("/") and not any(own in path for own in OWN)]
    if shared and effect.entry is not None and effect.certain:
        yield at_entry(effect.entry, "each key in this file opens every account")._replace(
            label=f"{shared[0][:40]} is the same file for all accounts",
            notes=("with %u in the path each account has a file of its own",),
        )


RULE = Rule(
    summary="AuthorizedKeysFile is one file for all accounts",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=("sshd_config(5), AuthorizedKeysFile and TOKENS",),
    examples=(
        Example("AuthorizedKeysFile /etc/ssh/authorized_keys\n", hit=True),
        Example("AuthorizedKeysFile /etc/ssh/authorized_keys/%u\n"),
        Example("AuthorizedKeysFile .ssh/authorized_keys\n"),
        Example("Port 22\nMatch User git\n  AuthorizedKeysFile /srv/git/keys\n"),
        Example("Port 22\n"),
    ),
)
