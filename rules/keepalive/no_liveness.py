"""`TCPKeepAlive no` without an SSH keepalive: nothing ever notices that an idle peer is gone.

## Why

TCPKeepAlive is the kernel's keepalive. It is slow (two hours and eleven minutes by default), but it works
unless it is switched off. Hardening guides ask for `TCPKeepAlive no`, since its probes are not encrypted;
they expect a ClientAliveInterval with it. Without that, no probe is ever sent. An idle session whose peer
is gone stays forever, with its processes, ports and locks. An idle session on a healthy link dies when a
NAT forgets it.

## How to fix it

The fix switches the SSH keepalive on and keeps `TCPKeepAlive no`, which does no harm then.

## When to ignore it

When the other end sends probes and you do not mind sessions that stay forever.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.keepalive import INTERVAL_BY_KIND, SPACING
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.lint.checks.missing_keepalive import (
    less_specific_rules,
    missing_keepalive_finding,
    missing_keepalives,
)
from sshkeep.openssh.values.arguments import Value
from sshkeep.phrase import Phrase

OTHER_SIDE = {"sshd_config": Phrase("client"), "ssh_config": Phrase("server")}


def check(config: Config, options: Options) -> Iterator[Finding]:
    peer, interval = OTHER_SIDE[config.kind], INTERVAL_BY_KIND[config.kind]
    program = config.kind.removesuffix("_config")
    message = Phrase("{program} never notices that an idle {peer} is gone", program=program, peer=peer)
    label = Phrase("TCPKeepAlive and {interval} are both off", interval=interval)
    note = Phrase("an idle session whose {peer} has vanished stays forever", peer=peer)
    for missing in missing_keepalives(
        effective_entries("tcpkeepalive", _off, config), config, {"tcpkeepalive": _off}
    ):
        finding = missing_keepalive_finding(missing, message, label, options["seconds"], config)
        yield finding._replace(notes=(note,))


def _off(value: Value) -> bool:
    return value == "no"


RULE = Rule(
    summary="TCPKeepAlive is off and so is the SSH keepalive: nothing ever notices that an idle peer is gone",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=less_specific_rules("no-liveness"),
    only_with=("tcpkeepalive",),
    references=("sshd_config(5), TCPKeepAlive", "ssh_config(5), TCPKeepAlive", "tcp(7), SO_KEEPALIVE"),
    examples=(
        Example("TCPKeepAlive no\n", "TCPKeepAlive no\nClientAliveInterval 60\n", kind="sshd_config"),
        Example("TCPKeepAlive no\nClientAliveInterval 60\n", kind="sshd_config"),
        Example("TCPKeepAlive yes\n", kind="sshd_config"),
        Example(
            "Host web\n  TCPKeepAlive no\n  ServerAliveInterval 0\nHost *\n  ServerAliveInterval 60\n",
            "Host web\n  TCPKeepAlive no\n  ServerAliveInterval 60\nHost *\n  ServerAliveInterval 60\n",
            kind="ssh_config",
        ),
    ),
)
