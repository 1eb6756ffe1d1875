"""Probes that come too late for the path: it has forgotten the session before the first one.

A NAT, firewall or load balancer forgets a connection on which nothing has been sent for its timeout.
An interval keeps it only if it is shorter; as long is as good as none. sshd 9.2 to 9.4 probe at twice
the interval, and it is that spacing that counts.

The rule has something to say only where the path is known: `path: azure-load-balancer` in sshkeep.yaml
sets `path_timeout`; `sshkeep idle --list-paths` tells the names. A spacing of more than half of the
timeout is told as info: one probe that is lost or late is then one too many.

The fix writes `seconds`, or half of the timeout where that is shorter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sshkeep.idle.model.probe_spacing import has_no_margin, is_too_late, recommended_spacing
from sshkeep.lint import (
    INTERVALS,
    PATH_TIMEOUT,
    SPACING,
    Config,
    Entry,
    Example,
    Finding,
    Fix,
    Options,
    Rule,
    SetGlobal,
    SetLine,
    Value,
    at_entry,
    concern_here,
    doubled,
    in_effect_together,
    interval_to_write,
    live,
    pairs,
    spacing_of,
    universal,
    value_in_block,
)

if TYPE_CHECKING:
    from sshkeep.idle.session import Session


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not options[PATH_TIMEOUT]:
        return
    reported: set[int] = set()
    for pair in pairs(config):
        entry = pair.interval
        if entry is not None and entry.index not in reported and in_effect_together(pair, config):
            reported.add(entry.index)
            yield from _late(entry, pair.seconds, options, config)
    yield from _by_debian(options, config)


def both(session: Session) -> Iterator[Finding]:
    """Where the path is named and no end probes soon enough, each interval that is too long."""
    # `sshkeep idle` has these at hand; a lint would pay for nothing.
    from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD
    from sshkeep.idle.model.timers import probe_spacing

    for outcome in session.lost if session.path_given else ():
        for end in (session.server, session.client):
            told = end.settings.get(INTERVAL_KEYWORD[end.endpoint.role])
            if told and told.entry and end.endpoint.sends_probes and outcome.ended_by is None:
                yield at_entry(told.entry, _says(probe_spacing(end.endpoint), outcome.path.timeout))


def _says(probe_spacing: int, timeout: float) -> str:
    return f"the path forgets an idle session after {timeout:g} s, before the probe at {probe_spacing} s"


def _late(entry: Entry, interval: int, options: Options, config: Config) -> Iterator[Finding]:
    timeout, every = options[PATH_TIMEOUT], spacing_of(interval, config)
    if is_too_late(every, timeout):
        message = _says(every, timeout)
    elif has_no_margin(every, timeout):
        message = f"one lost probe is too many: probes come every {every} s, the path forgets after {timeout}"
    else:
        return
    yield at_entry(entry, message)._replace(
        label=f"sshd {config.target.release} probes every 2 x {interval} s" if doubled(config) else "",
        severity="" if is_too_late(every, timeout) else "info",
        fix=_fix(entry, options, config),
        concerns=(concern_here(entry),),
    )


def _fix(entry: Entry, options: Options, config: Config) -> Fix | None:
    """None where no interval of whole seconds is short enough."""
    timeout = options[PATH_TIMEOUT]
    value = interval_to_write(min(options["seconds"], recommended_spacing(timeout)), config)
    if has_no_margin(spacing_of(value, config), timeout):
        return None
    keyword = INTERVALS[config.kind]
    if universal(entry.block, config.target.release) or _is_batch(entry):
        return Fix(f"{keyword} {value}", "safe", (SetGlobal(keyword, (str(value),)),))
    return Fix(f"{keyword} {value} in this block", "unsafe", (SetLine(entry, str(value)),))


def _by_debian(options: Options, config: Config) -> Iterator[Finding]:
    """Debian's ssh has a default where BatchMode is on: the first line that brings it about is told."""
    for entry in live("batchmode", _on, config) if config.kind == "ssh_config" else ():
        effect = value_in_block("serveraliveinterval", entry.block, config)
        if effect.entry is None and isinstance(effect.value, int) and effect.value and effect.certain:
            for finding in _late(entry, effect.value, options, config):
                yield finding._replace(label=f"on Debian, BatchMode makes {effect.value} the default")
            return


def _on(value: Value) -> bool:
    return value == "yes"


def _is_batch(entry: Entry) -> bool:
    return entry.keyword is not None and entry.keyword.option == "batchmode"


RULE = Rule(
    summary="the keepalive interval is too long for the path that the policy names",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={PATH_TIMEOUT: 0, "seconds": SPACING},
    check=check,
    both=both,
    explains=("interval-doubled", "batch-without-keepalive"),
    references=(
        "measured: an interval equal to the timeout is lost, and so is 9.2's below it",
        "serverloop.c of 9.2 and 9.5, wait_until_can_do_something",
    ),
    examples=(
        Example(
            "ClientAliveInterval 300\n",
            "ClientAliveInterval 60\n",
            kind="sshd_config",
            options={PATH_TIMEOUT: 240},
        ),
        Example("ClientAliveInterval 120\n", kind="sshd_config", options={PATH_TIMEOUT: 240}),
        Example("ClientAliveInterval 300\n", kind="sshd_config"),
        Example(
            "ClientAliveInterval 180\n",
            "ClientAliveInterval 30\n",
            kind="sshd_config",
            target="debian-12",
            options={PATH_TIMEOUT: 350},
        ),
        Example(
            "Host *\n  ServerAliveInterval 45\n",
            "Host *\n  ServerAliveInterval 30\n",
            kind="ssh_config",
            options={PATH_TIMEOUT: 60},
        ),
        Example(
            "ClientAliveInterval 60\nMatch User a\n  ClientAliveInterval 5m\n",
            "ClientAliveInterval 60\nMatch User a\n  ClientAliveInterval 60\n",
            kind="sshd_config",
            unsafe=True,
            options={PATH_TIMEOUT: 240},
        ),
        Example(
            "Host *\n  BatchMode yes\n",
            "Host *\n  BatchMode yes\n  ServerAliveInterval 60\n",
            kind="ssh_config",
            target="debian-12",
            options={PATH_TIMEOUT: 240},
        ),
        Example(
            "ClientAliveInterval 300\n",
            hit=True,
            kind="sshd_config",
            options={PATH_TIMEOUT: 240},
            client="Host *\n  ServerAliveInterval 0\n",
        ),
        Example(
            "ClientAliveInterval 300\n",
            kind="sshd_config",
            options={PATH_TIMEOUT: 240},
            client="Host *\n  ServerAliveInterval 60\n",
        ),
        Example("ClientAliveInterval 1\n", hit=True, kind="sshd_config", options={PATH_TIMEOUT: 2}),
    ),
)
