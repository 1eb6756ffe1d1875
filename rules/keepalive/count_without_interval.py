"""A keepalive count is set, but no probe is ever sent that it could count.

ClientAliveCountMax and ServerAliveCountMax say how many probes in a row may stay unanswered. The probes
themselves are switched on by ClientAliveInterval or ServerAliveInterval, which are off by default. The
count alone does nothing at all, though the file looks as if the keepalive were on.

An interval that is set to 0 is told at its own line instead.

The fix sets the interval. Where the count is 0 and would then end every idle session (ssh, and sshd
before 8.2), it sets that to 3 as well.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    COUNT_OF,
    INTERVALS,
    SPACING,
    Config,
    Example,
    Finding,
    Options,
    Rule,
    for_some,
    less_telling,
    live,
    silences,
    told,
    universal,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    interval = INTERVALS[config.kind]
    count = COUNT_OF[interval.lower()]
    lines = live(count.lower(), lambda value: True, config)
    if lines and for_some(config):
        lines = [entry for entry in lines if not universal(entry.block, config.target.release)]
    for silence in silences(lines, config):
        if silence.cause.entry is None:
            message = f"{count} does nothing: {interval} is off"
            yield told(silence, message, "counts probes that are never sent", options["seconds"], config)


RULE = Rule(
    summary="ClientAliveCountMax or ServerAliveCountMax is set, but the interval is off",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=less_telling("count-without-interval"),
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
