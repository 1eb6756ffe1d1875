"""A keyword has no argument: sshd does not start, or every ssh call fails.

## Why

OpenSSH also treats an empty argument (`Port ""`) as missing. Lists such as AllowUsers could be empty up to
9.6, and a Host line up to 8.6.

## How to fix it

Write a value, or delete the line.

## When to ignore it

Never for this target. If the file is for another release, name it with `--target`.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.lint.rule import A_REFUSED_LINE

RULE = Rule(
    summary="a keyword without an argument",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=refused_for("missing argument"),
    reads="lines",
    only_with=(A_REFUSED_LINE,),
    references=(
        "servconf.c, process_server_config_line_depth",
        "readconf.c, process_config_line_depth",
    ),
    examples=(
        Example("Port\n", hit=True, kind="sshd_config"),
        Example("Port 22\n", kind="sshd_config"),
        Example("AcceptEnv\n", hit=True, kind="sshd_config"),
        Example('AcceptEnv ""\n', kind="sshd_config", target="openssh-8.6"),
        Example("Host\n  User a\n", hit=True, kind="ssh_config"),
        Example("Host b\n  User a\n", kind="ssh_config"),
    ),
)
