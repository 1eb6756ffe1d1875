"""`TCPKeepAlive yes` stands in for an SSH keepalive that is off, and comes far too late.

TCPKeepAlive asks the kernel to probe. The kernel waits tcp_keepalive_time first, two hours unless
someone changed it, and almost every NAT and firewall forgets sooner. So `TCPKeepAlive yes`, which is
the default anyway, does not keep an idle session alive. What does is the SSH keepalive of the side at
hand, ClientAliveInterval or ServerAliveInterval; TCPKeepAlive itself is left as it is.

`TCPKeepAlive no` is another matter: see `no-liveness`.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import line_value_concern
from sshkeep.lint.checks.keepalive import INTERVAL_BY_KIND, SPACING
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.lint.checks.missing_keepalive import (
    less_specific_rules,
    missing_keepalive_finding,
    missing_keepalives,
)
from sshkeep.openssh.values.arguments import Value


def check(config: Config, options: Options) -> Iterator[Finding]:
    interval = INTERVAL_BY_KIND[config.kind]
    note = f"NATs and firewalls forget an idle session sooner; {interval} keeps it, and is off"
    for missing in missing_keepalives(
        effective_entries("tcpkeepalive", _on, config), config, {"tcpkeepalive": _on}
    ):
        if missing.cause.entry is None:
            message = "TCPKeepAlive does not keep idle sessions alive"
            label = "the kernel's first probe comes after two hours"
            finding = missing_keepalive_finding(missing, message, label, options["seconds"], config)
            here = line_value_concern(missing.line)
            yield finding._replace(notes=(note,), concerns=(*finding.concerns, here))


def _on(value: Value) -> bool:
    return value != "no"


RULE = Rule(
    summary="TCPKeepAlive yes stands in for an SSH keepalive, which is off",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=(*less_specific_rules("tcp-keep-alive"), "keep-alive"),
    references=("sshd_config(5), TCPKeepAlive", "ssh_config(5), TCPKeepAlive", "tcp(7), tcp_keepalive_time"),
    examples=(
        Example("TCPKeepAlive yes\n", "TCPKeepAlive yes\nClientAliveInterval 60\n", kind="sshd_config"),
        Example("TCPKeepAlive yes\nClientAliveInterval 60\n", kind="sshd_config"),
        Example(
            "Host web\n  TCPKeepAlive yes\n",
            "Host web\n  TCPKeepAlive yes\n\nHost *\n  ServerAliveInterval 60\n",
            kind="ssh_config",
        ),
        Example("Host web\n  TCPKeepAlive yes\n  ServerAliveInterval 30\n", kind="ssh_config"),
    ),
)
