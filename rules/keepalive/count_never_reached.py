"""The count is so high that TCP gives up a dead link long before.

## Why

Counts such as 86400 are passed around as a way to "never disconnect". They do not do that. The kernel sends
an unacknowledged probe again, at growing intervals, and ends the connection after 13 to 30 minutes (Linux,
tcp_retries2 with its default of 15), whatever the count is.

The rule reports counts from 10 on if interval x count is more than an hour.

## How to fix it

Use 3, the default, or another small number.

## When to ignore it

When tcp_retries2 is higher on this machine.
"""

from collections.abc import Iterator

from sshkeep.idle.duration import format_duration
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.keepalive import COUNT_BY_KIND, numbers_set, spacing_of
from sshkeep.lint.checks.keepalive_pairs import in_effect_together, keepalive_pairs
from sshkeep.phrase import Phrase

LONGEST = 3600
"""Seconds: twice the longest time that TCP holds on to a dead connection by default."""
HIGH = 10
"""With a count below, it is the interval that is long, which is another matter."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    if max(numbers_set(COUNT_BY_KIND[config.kind], config), default=0) < HIGH:
        return
    reported: set[int] = set()
    for pair in keepalive_pairs(config):
        spacing = spacing_of(pair.seconds, config)
        if pair.counter is None or pair.counter.index in reported or pair.most < HIGH:
            continue
        if spacing * pair.most > LONGEST and in_effect_together(pair, config):
            reported.add(pair.counter.index)
            finding = at_entry(
                pair.counter, Phrase("TCP gives up a dead link long before this count is reached")
            )
            yield finding._replace(
                label=Phrase(
                    "{most} x {spacing} s is {time}",
                    most=pair.most,
                    spacing=spacing,
                    time=format_duration(spacing * pair.most),
                ),
                notes=(Phrase("on Linux, TCP gives up 13 to 30 minutes after the first unanswered probe"),),
            )


RULE = Rule(
    summary="a keepalive count is so high that TCP always gives up first",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=check,
    only_with=("clientalivecountmax", "serveralivecountmax"),
    references=("tcp(7), tcp_retries2", "measured on 9.2: a count of 30 is never reached on a dead link"),
    examples=(
        Example("ClientAliveInterval 60\nClientAliveCountMax 86400\n", hit=True, kind="sshd_config"),
        Example("ClientAliveInterval 60\nClientAliveCountMax 10\n", kind="sshd_config"),
        Example(
            "Host web\n  ServerAliveCountMax 500\nHost *\n  ServerAliveInterval 30\n",
            hit=True,
            kind="ssh_config",
        ),
        Example(
            "Host web\n  ServerAliveCountMax 50\nHost *\n  ServerAliveInterval 30\n",
            kind="ssh_config",
        ),
    ),
)
