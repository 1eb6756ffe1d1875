"""UnusedConnectionTimeout ends a connection without an open channel; keepalives do not save it.

From 9.2 on sshd can end connections on which nothing is open: `ssh -N` while nothing goes through its
forwardings, and a connection that ControlPersist keeps in the background. Probes of either side do not
count as use (measured on 9.2). Who sets both an interval, to keep connections, and this timeout, to end
them, should know which of the two wins.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Config,
    Example,
    Finding,
    Options,
    Rule,
    accepted_lines,
    at_entry,
    live,
    value_in_block,
)

KEYWORD = "unusedconnectiontimeout"


def check(config: Config, options: Options) -> Iterator[Finding]:
    if any(parsed.value == 0 for _, parsed in accepted_lines(KEYWORD, config)):
        return  # `none` overwrites an earlier number (servconf.c sUnusedConnectionTimeout)
    for entry in live(KEYWORD, bool, config):
        timeout = value_in_block(KEYWORD, entry.block, config)
        interval = value_in_block("clientaliveinterval", entry.block, config)
        if timeout.entry is entry and interval.value and interval.certain:
            finding = at_entry(entry, f"sshd ends unused connections after {timeout.value} s, probed or not")
            yield finding._replace(
                label="probes do not count as use",
                notes=("unused: ssh -N with nothing going through, or one kept open by ControlPersist",),
            )


RULE = Rule(
    summary="UnusedConnectionTimeout ends connections that ClientAliveInterval is to keep",
    applies_to=("sshd_config",),
    severity="info",
    check=check,
    references=("sshd_config(5), UnusedConnectionTimeout", "serverloop.c, wait_until_can_do_something"),
    examples=(
        Example("ClientAliveInterval 60\nUnusedConnectionTimeout 5m\n", hit=True),
        Example("ClientAliveInterval 60\nUnusedConnectionTimeout none\n"),
        Example("ClientAliveInterval 60\nUnusedConnectionTimeout 5m\nUnusedConnectionTimeout none\n"),
    ),
)
