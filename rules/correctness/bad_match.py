"""OpenSSH refuses the conditions of a Match line: sshd does not start, or every ssh call fails.

## Why

A condition is a criterion and its patterns. A blank begins the next criterion, so several patterns for one
criterion are joined by commas without blanks. `all` stands alone; only ssh accepts one criterion before it.
An address range has no bits set after the mask: 10.0.0.0/8.

Some criteria are newer: tagged and localnetwork came in 9.4, invalid-user in 9.9, and version, sessiontype
and command in 10.0. Only 9.9 refuses `user=ann`. Up to 8.3, sshd starts with a bad list of addresses and
then closes every connection.

## How to fix it

Correct the condition. OpenSSH's own error is part of the message.

## When to ignore it

Never for this target. If the file is for a newer OpenSSH, name it with `--target`.
"""

from collections.abc import Iterator

from sshkeep.config.refusals import Refusal, unchecked_addresses
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.lint.rule import A_BLOCK
from sshkeep.openssh.releases import MATCH_BY_ARGV_SPLIT


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    if refusal.problem.startswith("Unsupported Match attribute"):
        if config.target.release == MATCH_BY_ARGV_SPLIT and "=" in refusal.problem:
            return finding._replace(label="OpenSSH 9.9 wants a blank there; others take the =, too")
        note = "join several patterns for one criterion with commas, without blanks"
        return finding._replace(notes=(note,))
    return finding


refused_at_start = refused_for("criteria", remarks)


def check(config: Config, options: Options) -> Iterator[Finding]:
    yield from refused_at_start(config, options)
    for refusal, _ in unchecked_addresses(config):
        yield at_entry(refusal.entry, f"sshd starts, and every connection fails: {refusal.problem}")


RULE = Rule(
    summary="a Match line whose conditions OpenSSH refuses",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=check,
    reads="lines",
    only_with=(A_BLOCK,),
    references=("servconf.c and readconf.c, match_cfg_line", "sshd_config(5), Match", "ssh_config(5), Match"),
    examples=(
        Example("Match User ann bob\n  Banner none\n", hit=True, kind="sshd_config"),
        Example("Match User ann,bob\n  Banner none\n", kind="sshd_config"),
        Example("Match Address 10.0.0.1/8\n  Banner none\n", hit=True, kind="sshd_config"),
        Example("Match Address 10.0.0.1/8\n", hit=True, kind="sshd_config", target="openssh-8.3"),
        Example("Match user=ann\n  Banner none\n", hit=True, kind="sshd_config", target="openssh-9.9"),
        Example("Match user=ann\n  Banner none\n", kind="sshd_config", target="openssh-10.0"),
        Example("Match invalid-user\n  Banner none\n", hit=True, kind="sshd_config", target="openssh-9.8"),
        Example("Match invalid-user\n  Banner none\n", kind="sshd_config", target="openssh-9.9"),
        Example("Match all host web\n  User a\n", hit=True, kind="ssh_config"),
        Example("Match host web all\n  User a\n", kind="ssh_config"),
    ),
)
