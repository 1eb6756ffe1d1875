"""This build of OpenSSH does not have an option: it skips the line and prints a warning.

## Why

A vendor can build OpenSSH without PAM, Kerberos, GSSAPI or smart cards. OpenSSH still accepts the keyword,
so that one file works on several systems. It prints "Unsupported option" each time it reads the file.

## How to fix it

Delete the line, or use a build that has the option.

## When to ignore it

When the same file is also for a system that has the option.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.refusals import ignored_lines
from sshkeep.lint.rule import A_SKIPPED_LINE
from sshkeep.openssh.tables.keywords import notice

WHEN = {"sshd_config": "logs", "ssh_config": "prints"}
EACH = {"sshd_config": "start", "ssh_config": "call"}


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry, row in ignored_lines(("unsupported",), config):
        program = config.kind.removesuffix("_config")
        log_message = notice(row, config.kind, entry.directive.line.name)
        yield at_entry(entry, f"{row.name} does nothing: this {program} is built without it")._replace(
            notes=(f"{program} {WHEN[config.kind]} {log_message!r} at every {EACH[config.kind]}",),
            dated=True,
        )


RULE = Rule(
    summary="an option that the target's build of OpenSSH lacks, and skips",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    reads="lines",
    only_with=(A_SKIPPED_LINE,),
    references=("servconf.c and readconf.c, keywords[] and its #ifdefs",),
    examples=(
        Example("Port 22\nKerberosGetAFSToken yes\n", hit=True, kind="sshd_config"),
        Example("Port 22\n", kind="sshd_config"),
        Example("Host *\n  RSAAuthentication yes\n", hit=True, kind="ssh_config"),
        Example("Host *\n  PubkeyAuthentication yes\n", kind="ssh_config"),
    ),
)
