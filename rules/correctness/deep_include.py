"""Includes are nested more than 16 deep: sshd does not start, or every ssh call fails.

## Why

Almost always a file includes itself, often by a pattern that matches its own name (`Include /etc/ssh/*`).
OpenSSH prints no line number for this error. The finding is at the Include that goes one level too deep.

## How to fix it

Change the Include so that it does not match its own file.

## When to ignore it

Never.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.lint.rule import A_REFUSED_LINE

RULE = Rule(
    summary="Includes that lead too deep, as a file includes itself",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=refused_for("nesting"),
    only_with=(A_REFUSED_LINE,),
    references=("servconf.c, SERVCONF_MAX_DEPTH", "readconf.c, READCONF_MAX_DEPTH"),
    examples=(
        Example("Include /etc/ssh/sshd_config\n", hit=True, kind="sshd_config"),
        Example("Include /etc/ssh/x\n", kind="sshd_config", files={"x": "Port 22\n"}),
        Example("Include /etc/ssh/x\n", hit=True, kind="ssh_config", files={"x": "Include /etc/ssh/x\n"}),
    ),
)
