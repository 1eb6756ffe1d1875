"""A line has more arguments than the keyword takes: sshd does not start, or every ssh call fails.

## Why

A value with blanks needs quotes. ssh accepts a comment after a value only from 8.5 on; before, it reads the
words of the comment as arguments.

## How to fix it

Put quotes around the value, or write the comment on its own line.

## When to ignore it

Never for this target. If the file is for another release, name it with `--target`.
"""

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.refusals import Refusal
from sshkeep.lint import Config, Example, Finding, Rule
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.lint.rule import A_REFUSED_LINE
from sshkeep.openssh.releases import SSH_CUTS_AT_HASH


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    words = parse_entry(refusal.entry, config).words
    if any(word.text.startswith("#") for word in words):
        return finding._replace(
            label=f"a comment behind a value is understood from OpenSSH {SSH_CUTS_AT_HASH} on",
            notes=("write the comment on a line of its own",),
        )
    return finding._replace(notes=("put quotes around a value with blanks",))


RULE = Rule(
    summary="more arguments than the keyword takes",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=refused_for("extra argument", remarks, marks_arguments=True),
    reads="lines",
    only_with=(A_REFUSED_LINE,),
    references=(
        "servconf.c, process_server_config_line_depth",
        "readconf.c, process_config_line_depth",
    ),
    examples=(
        Example("PermitRootLogin no yes\n", hit=True, kind="sshd_config"),
        Example("PermitRootLogin no\n", kind="sshd_config"),
        Example("Host *\n  Compression no # slow\n", hit=True, kind="ssh_config", target="openssh-8.4"),
        Example("Host *\n  Compression no # slow\n", kind="ssh_config", target="openssh-8.5"),
    ),
)
