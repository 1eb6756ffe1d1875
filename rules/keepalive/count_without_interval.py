"""A keepalive count is set, but no probe is sent that it could count.

## Why

ClientAliveCountMax and ServerAliveCountMax limit how many probes in a row may stay unanswered.
ClientAliveInterval and ServerAliveInterval switch the probes on, and they are off by default. The count
alone has no effect, although the file looks as if the keepalive were on. An interval that is set to 0 is
reported on its own line.

## How to fix it

The fix sets the interval. If the count is 0 and would end every idle session (ssh, and sshd before 8.2), it
also sets the count to 3.

## When to ignore it

When the interval is set elsewhere, such as on the command line.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.keepalive import (
    COUNT_BY_KIND,
    INTERVAL_BY_KIND,
    SPACING,
)
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.lint.checks.missing_keepalive import (
    less_specific_rules,
    missing_keepalive_finding,
    missing_keepalives,
)
from sshkeep.phrase import Phrase


def check(config: Config, options: Options) -> Iterator[Finding]:
    interval = INTERVAL_BY_KIND[config.kind]
    count = COUNT_BY_KIND[config.kind]
    lines = effective_entries(count.lower(), lambda value: True, config)
    if lines and _probes_in_some_block(config):
        lines = [entry for entry in lines if not universal(entry.block, config.target.release)]
    for missing in missing_keepalives(lines, config):
        if missing.cause.entry is None:
            message = Phrase("{count} does nothing: {interval} is off", count=count, interval=interval)
            label = Phrase("counts probes that are never sent")
            yield missing_keepalive_finding(missing, message, label, options["seconds"], config)


def _probes_in_some_block(config: Config) -> bool:
    """Whether a block of its own switches the keepalive on."""
    release = config.target.release
    lines = accepted_lines(INTERVAL_BY_KIND[config.kind].lower(), config)
    if any(parsed.value and not universal(entry.block, release) for entry, parsed in lines):
        return True
    batch = accepted_lines("batchmode", config) if config.target.vendor == "debian" else []
    return any(parsed.value == "yes" and not universal(entry.block, release) for entry, parsed in batch)


RULE = Rule(
    summary="ClientAliveCountMax or ServerAliveCountMax is set, but the interval is off",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=less_specific_rules("count-without-interval"),
    only_with=("clientalivecountmax", "serveralivecountmax"),
    references=(
        "sshd_config(5), ClientAliveCountMax",
        "ssh_config(5), ServerAliveCountMax",
        "serverloop.c and clientloop.c: a count is looked at only when a probe is due",
    ),
    examples=(
        Example(
            "ClientAliveCountMax 2\n", "ClientAliveCountMax 2\nClientAliveInterval 60\n", kind="sshd_config"
        ),
        Example("ClientAliveInterval 60\nClientAliveCountMax 2\n", kind="sshd_config"),
        Example("ClientAliveCountMax 2\nMatch User a\n  ClientAliveInterval 60\n", kind="sshd_config"),
        Example(
            "Host *\n  ServerAliveCountMax 0\n",
            "Host *\n  ServerAliveCountMax 3\n  ServerAliveInterval 60\n",
            kind="ssh_config",
        ),
        Example("Host *\n  ServerAliveCountMax 5\n  BatchMode yes\n", kind="ssh_config", target="debian-12"),
    ),
)
