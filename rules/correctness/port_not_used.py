"""sshd does not listen on a Port, since each ListenAddress has its own port.

## Why

Port applies only to addresses without a port, or to all addresses if there is no ListenAddress. With `Port
2222` and `ListenAddress 0.0.0.0:22`, sshd listens on port 22 only.

## How to fix it

Delete the Port line, or delete the port from the ListenAddress. sshkeep can't know which one is right.

## When to ignore it

When the Port line is only a note for readers.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import global_setting
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, related_entry


def check(config: Config, options: Options) -> Iterator[Finding]:
    lines = accepted_lines("port", config)
    addresses = global_setting("listenaddress", config).members if lines and not config.unread else ()
    ports = {member.text.partition(" ")[2] for member in addresses}
    if not addresses or "" in ports:
        return
    for entry, parsed in lines:
        if str(parsed.value) not in ports:
            finding = at_entry(entry, f"sshd does not listen at port {parsed.value}")
            yield finding._replace(
                label="each ListenAddress names its own port; Port is for those without one",
                related=(related_entry(addresses[0].line.entry, "this address has its own port"),),
            )


RULE = Rule(
    summary="a Port that no ListenAddress uses",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    only_with=("port",),
    references=("servconf.c, process_queued_listen_addrs", "sshd_config(5), ListenAddress and Port"),
    examples=(
        Example("Port 2222\nListenAddress 0.0.0.0:22\n", hit=True),
        Example("Port 2222\nListenAddress 0.0.0.0\n"),
        Example("Port 22\nListenAddress 0.0.0.0:22\n"),
        Example("Port 2222\nListenAddress 192.0.2.9:22\nListenAddress 192.0.2.8\n"),
        Example("Port 2222\n"),
    ),
)
