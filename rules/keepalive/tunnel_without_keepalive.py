"""ssh opens a tunnel, which is often idle, but never probes its server.

## Why

`ssh -N` with LocalForward, RemoteForward, DynamicForward or Tunnel may carry nothing for hours, until a NAT
or firewall forgets it. ssh does not notice: it still listens on the local port, the program that should
restart it (autossh, systemd) waits for it to end, and programs that connect to the port hang. The server
keeps the port of a RemoteForward until it notices, so the next ssh can't use it.

## How to fix it

The fix sets ServerAliveInterval. It keeps the tunnel open, and ssh exits when the server is gone.

## When to ignore it

When the tunnel is never idle, or the server sends ClientAliveInterval probes.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import accepted_lines
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.keepalive import SPACING
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.lint.checks.missing_keepalive import (
    less_specific_rules,
    missing_keepalive_finding,
    missing_keepalives,
)
from sshkeep.phrase import Phrase

FORWARDS = ("localforward", "remoteforward", "dynamicforward")
SWITCHES = {"tunnel": ("point-to-point", "ethernet"), "sessiontype": ("none",)}


def check(config: Config, options: Options) -> Iterator[Finding]:
    message = Phrase("an idle tunnel dies, and ssh does not notice")
    label = Phrase("ssh sends nothing while the tunnel is idle")
    note = Phrase("the server holds the port of a dead tunnel, so the next ssh can't use it")
    for missing in missing_keepalives(
        _tunnels(config), config, {"clearallforwardings": lambda value: value != "yes"}
    ):
        finding = missing_keepalive_finding(missing, message, label, options["seconds"], config)
        keyword = missing.line.keyword
        held = keyword and keyword.option == "remoteforward"
        yield finding._replace(notes=(note,) if held else ())


def _tunnels(config: Config) -> list[Entry]:
    found = [entry for name in FORWARDS for entry, _ in accepted_lines(name, config)]
    for name, values in SWITCHES.items():
        found += effective_entries(name, values.__contains__, config)
    return sorted(found, key=lambda entry: entry.index) if found else found


RULE = Rule(
    summary="a tunnel or port forwarding is set up without a keepalive",
    applies_to=("ssh_config",),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=less_specific_rules("tunnel-without-keepalive"),
    only_with=("localforward", "remoteforward", "dynamicforward", "tunnel", "sessiontype"),
    references=("ssh_config(5), ServerAliveInterval", "ssh_config(5), RemoteForward"),
    examples=(
        Example(
            "Host db\n  LocalForward 5432 localhost:5432\n",
            "Host db\n  LocalForward 5432 localhost:5432\n\nHost *\n  ServerAliveInterval 60\n",
        ),
        Example("Host db\n  LocalForward 5432 localhost:5432\n  ServerAliveInterval 30\n"),
        Example("Host db\n  User a\n"),
        Example(
            "Host db web\n  RemoteForward 9000 localhost:22\nHost web\n  ServerAliveInterval 30\n",
            "Host db web\n  RemoteForward 9000 localhost:22\nHost web\n  ServerAliveInterval 30\n"
            "\nHost *\n  ServerAliveInterval 60\n",
        ),
        Example("Host db web\n  RemoteForward 9000 localhost:22\nHost web d?\n  ServerAliveInterval 30\n"),
        Example(
            "Host db\n  SessionType none\n  ServerAliveInterval 0\nHost *\n  ServerAliveInterval 60\n",
            "Host db\n  SessionType none\n  ServerAliveInterval 60\nHost *\n  ServerAliveInterval 60\n",
        ),
    ),
)
