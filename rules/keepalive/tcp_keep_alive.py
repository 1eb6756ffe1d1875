"""`TCPKeepAlive yes` does not replace the SSH keepalive, which is off: its probes come far too late.

## Why

With TCPKeepAlive the kernel sends probes. It waits tcp_keepalive_time first, which is two hours unless
someone changed it. Almost every NAT and firewall forgets sooner. So `TCPKeepAlive yes`, which is also the
default, does not keep an idle session alive. ClientAliveInterval (sshd) or ServerAliveInterval (ssh) does.

For `TCPKeepAlive no` see `no-liveness`.

## How to fix it

The fix sets ClientAliveInterval or ServerAliveInterval, and does not change TCPKeepAlive.

## When to ignore it

When tcp_keepalive_time is shorter than the timeout of your path.
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
from sshkeep.phrase import Phrase


def check(config: Config, options: Options) -> Iterator[Finding]:
    interval = INTERVAL_BY_KIND[config.kind]
    note = Phrase("NATs and firewalls forget an idle session sooner; {interval} is off", interval=interval)
    for missing in missing_keepalives(
        effective_entries("tcpkeepalive", _on, config), config, {"tcpkeepalive": _on}
    ):
        if missing.cause.entry is None:
            message = Phrase("TCPKeepAlive does not keep idle sessions alive")
            label = Phrase("the kernel's first probe comes after two hours")
            finding = missing_keepalive_finding(missing, message, label, options["seconds"], config)
            here = line_value_concern(missing.line)
            yield finding._replace(notes=(note,), concerns=(*finding.concerns, here))


def _on(value: Value) -> bool:
    return value != "no"


RULE = Rule(
    summary="TCPKeepAlive yes is used instead of an SSH keepalive, which is off",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=(*less_specific_rules("tcp-keep-alive"), "keep-alive"),
    only_with=("tcpkeepalive",),
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
