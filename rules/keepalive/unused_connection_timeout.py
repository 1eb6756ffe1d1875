"""UnusedConnectionTimeout ends a connection without an open channel, and a keepalive does not prevent it.

## Why

From 9.2 on, sshd can end connections without open channels: `ssh -N` while nothing uses its forwardings,
and a connection that ControlPersist keeps in the background. Probes of either end do not count as use
(measured with 9.2). A config with both an interval and this timeout should have them on purpose.

## How to fix it

Delete UnusedConnectionTimeout if such connections should stay.

## When to ignore it

When unused connections should end.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.phrase import Phrase

KEYWORD = "unusedconnectiontimeout"


def check(config: Config, options: Options) -> Iterator[Finding]:
    if any(parsed.value == 0 for _, parsed in accepted_lines(KEYWORD, config)):
        return  # `none` overwrites an earlier number (servconf.c sUnusedConnectionTimeout)
    for entry in effective_entries(KEYWORD, bool, config):
        timeout = value_in_block(KEYWORD, entry.block, config)
        interval = value_in_block("clientaliveinterval", entry.block, config)
        if timeout.entry is entry and interval.value and interval.certain:
            message = Phrase(
                "sshd ends unused connections after {seconds} s, probed or not", seconds=timeout.value
            )
            note = Phrase("unused: ssh -N with nothing going through, or one kept open by ControlPersist")
            label = Phrase("probes do not count as use")
            yield at_entry(entry, message)._replace(label=label, notes=(note,))


RULE = Rule(
    summary="UnusedConnectionTimeout ends connections that ClientAliveInterval is to keep",
    applies_to=("sshd_config",),
    severity="info",
    check=check,
    only_with=("unusedconnectiontimeout",),
    references=("sshd_config(5), UnusedConnectionTimeout", "serverloop.c, wait_until_can_do_something"),
    examples=(
        Example("ClientAliveInterval 60\nUnusedConnectionTimeout 5m\n", hit=True),
        Example("ClientAliveInterval 60\nUnusedConnectionTimeout none\n"),
        Example("ClientAliveInterval 60\nUnusedConnectionTimeout 5m\nUnusedConnectionTimeout none\n"),
    ),
)
