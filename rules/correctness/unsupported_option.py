"""This build of OpenSSH does not have an option: it skips the line and prints a warning.

## Why

A vendor can build OpenSSH without PAM, Kerberos, GSSAPI or smart cards. OpenSSH still accepts the keyword,
so that one file works on several systems. It prints "Unsupported option" each time it reads the file.

ssh prints the same for options that no build still has, such as RSAAuthentication of protocol 1.

## How to fix it

Delete the line, or use a build that has the option. Where no build has it, the fix deletes the line.
It is safe: OpenSSH uses the same settings as before.

## When to ignore it

When the same file is also for a system that has the option.
"""

from collections.abc import Iterator

from sshkeep.edit.intents import DeleteLine
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.refusals import ignored_lines, without_use
from sshkeep.lint.rule import A_SKIPPED_LINE
from sshkeep.openssh.tables.keywords import notice

WHEN = {"sshd_config": "logs", "ssh_config": "prints"}
EACH = {"sshd_config": "start", "ssh_config": "call"}


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry, row in ignored_lines(("unsupported",), config):
        program = config.kind.removesuffix("_config")
        log_message = notice(row, config.kind, entry.directive.line.name)
        # readconf.c has no #ifdef around these; sshd's may be in a build with AFS, say.
        gone = config.kind == "ssh_config" and without_use(row, config.kind)
        why = "no OpenSSH still has it" if gone else f"this {program} is built without it"
        yield at_entry(entry, f"{row.name} does nothing: {why}")._replace(
            fix=Fix("delete the line", "safe", (DeleteLine(entry),)) if gone else None,
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
        Example("Host *\n  RSAAuthentication yes\n  Port 22\n", "Host *\n  Port 22\n", kind="ssh_config"),
        Example("Host *\n  PubkeyAuthentication yes\n", kind="ssh_config"),
    ),
)
