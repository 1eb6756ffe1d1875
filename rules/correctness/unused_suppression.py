"""A comment suppresses a finding that no longer exists.

## Why

The comment hides the same mistake when someone makes it again. Readers also believe that the problem still
exists. The rule reports a comment only for rules that ran.

`ignore` is for the line below it. A missing setting has no line, so `ignore-file` suppresses a finding
about it.

## How to fix it

Delete the comment, or the id from its brackets.

## When to ignore it

When another target or another release still has the finding.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.rule import A_SUPPRESSION_COMMENT


def check(config: Config, options: Options) -> Iterator[Finding]:
    """The runner does it: only it knows what was suppressed."""
    return iter(())


RULE = Rule(
    summary="a comment for sshkeep that suppresses nothing, since there is nothing to suppress",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    only_with=(A_SUPPRESSION_COMMENT,),
    references=("sshkeep's documentation, Policy, Suppressing a finding",),
    examples=(
        Example("# sshkeep: ignore[keep-alive] of old\nTCPKeepAlive yes\n", hit=True, kind="sshd_config"),
        Example("# sshkeep: ignore[keep-alive] of old\nKeepAlive yes\n", kind="sshd_config"),
        Example("# sshkeep: ignore[keep-alive] of old\n\nKeepAlive yes\n", hit=True, kind="sshd_config"),
        Example(
            "# sshkeep: ignore[client-alive-interval] a NAT-free LAN\nPort 22\n", hit=True, kind="sshd_config"
        ),
        Example(
            "# sshkeep: ignore-file[client-alive-interval] a NAT-free LAN\nPort 22\n", kind="sshd_config"
        ),
    ),
)
