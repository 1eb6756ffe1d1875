"""A comment looks like a suppression comment of sshkeep, but it suppresses nothing.

## Why

`# sshkeep: ignore[rule-id] reason` suppresses the findings of a rule on the next line.
`ignore-block[rule-id]` suppresses them in the Host or Match block that contains the comment or begins right
below it. `ignore-file[rule-id]` suppresses them in the whole file. Commas separate several ids. Names of
groups are not allowed, since a group grows.

The comment needs its own line: before 8.5 (ssh) and 8.7 (sshd), OpenSSH reads a comment after a setting as
arguments.

## How to fix it

Write one of the three forms, with the id of a rule that exists. If the policy has `suppressions: {reason:
required}`, also write a reason.

## When to ignore it

When the comment is a text about sshkeep and not meant for it.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.rule import A_SUPPRESSION_COMMENT


def check(config: Config, options: Options) -> Iterator[Finding]:
    """The runner does it: only it knows all rules."""
    return iter(())


RULE = Rule(
    summary="a comment for sshkeep that suppresses nothing, since it is not well-formed",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"reason": "optional"},
    check=check,
    reads="lines",
    only_with=(A_SUPPRESSION_COMMENT,),
    references=("sshkeep's documentation, Policy, Suppressing a finding",),
    examples=(
        Example(
            "Port 22\n# sshkeep: ignore keep-alive, of old\nKeepAlive yes\n", hit=True, kind="sshd_config"
        ),
        Example("Port 22\n# sshkeep: ignore[keep-alive] of old\nKeepAlive yes\n", kind="sshd_config"),
        Example("# sshkeep: ignore[keepalive] of old\nKeepAlive yes\n", hit=True, kind="sshd_config"),
        Example("# sshkeep: ignore-block[keep-alive]\n\nKeepAlive yes\n", hit=True, kind="sshd_config"),
        Example("KeepAlive yes # sshkeep: ignore[keep-alive]\n", hit=True, kind="sshd_config"),
    ),
)
