"""A shared connection stays open in the background without probes. When it is dead, the next ssh hangs.

## Why

With ControlMaster, ControlPath and ControlPersist, the first ssh to a host leaves its connection open, and
the next ssh, git, scp or ansible uses it. This connection is idle, so a NAT forgets it soon, and it is dead
after a laptop slept. The next command then waits on the dead connection until TCP gives up, up to about 15
minutes. Its own ConnectTimeout and ServerAliveInterval do not help: only those of the first ssh apply
(measured with 9.2 and 10.5).

The rule skips a ControlPersist below four minutes: almost no path forgets sooner.

## How to fix it

The fix sets ServerAliveInterval. Then ssh notices the dead connection and ends it, and the next ssh makes a
new one.

## When to ignore it

When the host is on the same network and the machine never sleeps.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.keepalive import SPACING
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.lint.checks.missing_keepalive import (
    less_specific_rules,
    missing_keepalive_finding,
    missing_keepalives,
)
from sshkeep.openssh.values.arguments import Value
from sshkeep.phrase import Phrase

SHORTEST = 240
"""Seconds after which the most forgetful of the common load balancers and NATs drop a connection."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.target.vendor == "windows":
        return  # it can't share connections: master-on-windows
    kept = effective_entries("controlpersist", _stays, config)
    message = Phrase("the next ssh hangs for up to 15 minutes when the shared connection has died")
    label = Phrase("the connection stays open in the background, without probes")
    note = Phrase("the next ssh's own ConnectTimeout and ServerAliveInterval do not apply")
    for missing in missing_keepalives(kept, config, NEEDS):
        finding = missing_keepalive_finding(missing, message, label, options["seconds"], config)
        yield finding._replace(notes=(note,))


def _stays(persist: Value) -> bool:
    return persist in ("yes", "true") or (isinstance(persist, int) and persist >= SHORTEST)


def _shares(master: Value) -> bool:
    return master not in (None, "no", "false")


def _is_path(path: Value) -> bool:
    return str(path or "none").lower() != "none"


NEEDS = {"controlpersist": _stays, "controlmaster": _shares, "controlpath": _is_path}


RULE = Rule(
    summary="ControlPersist keeps a shared connection open that is never probed",
    applies_to=("ssh_config",),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    explains=less_specific_rules("master-without-keepalive"),
    only_with=("controlpersist",),
    references=("ssh_config(5), ControlPersist", "mux.c, muxclient: options of the connection are not sent"),
    examples=(
        Example(
            "Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n",
            "Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n"
            "  ServerAliveInterval 60\n",
        ),
        Example("Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n  ControlPersist 30s\n"),
        Example("Host *\n  ControlMaster no\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n"),
        Example(
            "Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n"
            "  ServerAliveInterval 30\n"
        ),
    ),
)
