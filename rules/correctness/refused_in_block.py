"""A line in a Match block that sshd only looks at whole when the block applies, and refuses then.

sshd starts, and `sshd -t` reports nothing; but each connection that the block is for is dropped at once. It
is so up to 8.6 for an AuthorizedKeysCommand or AuthorizedPrincipalsCommand that is no absolute path (one
in quotes is none), and from 9.5 to 10.2 for a Subsystem without a command. Before and after, sshd does
not start.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import all_lines, parse_entry
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry

LOOKED_AT_LATE = ("authorizedkeyscommand", "authorizedprincipalscommand", "subsystem")


def check(config: Config, options: Options) -> Iterator[Finding]:
    for option in LOOKED_AT_LATE:
        for entry, parsed in all_lines(option, config):
            if entry.block is not None and not parsed.problem:
                problem = parse_entry(entry, config, active=True).problem
                if problem:
                    finding = at_entry(entry, f"sshd drops those whom the block is for: {problem}")
                    yield finding._replace(label="sshd itself starts, as it does not look at this before")


RULE = Rule(
    summary="a line that sshd refuses once its Match block applies",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    references=("servconf.c, process_server_config_line_depth",),
    examples=(
        Example("Match User ann\n  AuthorizedKeysCommand keys %u\n", hit=True, target="openssh-8.6"),
        Example("Match User ann\n  AuthorizedKeysCommand /usr/bin/keys %u\n", target="openssh-8.6"),
        Example("Match User ann\n  Subsystem sftp\n", hit=True, target="openssh-10.2"),
    ),
)
