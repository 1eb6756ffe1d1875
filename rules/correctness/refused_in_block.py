"""sshd checks this line in a Match block only when the block applies, and then refuses it.

## Why

sshd starts, and `sshd -t` reports nothing. But sshd closes each connection to which the block applies. This
affects an AuthorizedKeysCommand or AuthorizedPrincipalsCommand without an absolute path (a path in quotes,
too) up to 8.6, and a Subsystem without a command from 9.5 to 10.2. In other releases sshd does not start.

## How to fix it

Write an absolute path without quotes, or the command of the subsystem.

## When to ignore it

Never: the users of this block can't log in.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import all_lines, parse_entry
from sshkeep.config.refusals import CHECKED_WHERE_THEY_APPLY
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.rule import A_BLOCK


def check(config: Config, options: Options) -> Iterator[Finding]:
    for option in CHECKED_WHERE_THEY_APPLY:
        for entry, parsed in all_lines(option, config):
            if entry.block is not None and not parsed.problem:
                problem = parse_entry(entry, config, active=True).problem
                if problem:
                    finding = at_entry(
                        entry, f"sshd closes the connections that the block matches: {problem}"
                    )
                    yield finding._replace(
                        label="sshd starts, since it checks this line only for such a connection"
                    )


RULE = Rule(
    summary="a line that sshd refuses once its Match block applies",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    only_with=(A_BLOCK,),
    references=("servconf.c, process_server_config_line_depth",),
    examples=(
        Example("Match User ann\n  AuthorizedKeysCommand keys %u\n", hit=True, target="openssh-8.6"),
        Example("Match User ann\n  AuthorizedKeysCommand /usr/bin/keys %u\n", target="openssh-8.6"),
        Example("Match User ann\n  Subsystem sftp\n", hit=True, target="openssh-10.2"),
    ),
)
