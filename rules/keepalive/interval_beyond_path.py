"""Probes come too late: the path forgets the session before the first one.

## Why

A NAT, firewall or load balancer forgets a connection that is silent for its timeout. An interval helps only
if it is shorter than the timeout. sshd 9.2 to 9.4 probe at twice the interval, and the rule uses that real
spacing.

If you know the path, set `path: azure-load-balancer` in sshkeep.yaml, which sets `path_timeout`; `sshkeep
idle --list-paths` lists the names. Then a spacing of more than half of the timeout is an info, since one
lost or late probe ends the session. Without a path, the rule uses the common paths that `sshkeep idle`
shows: a spacing that is too late for most of them is a warning, and for some of them an info.

Baselines have their own numbers. 300 (older CIS, with a count of 0) and 600 (STIG, with a count of 1) are
upper limits: they pass an audit and lose sessions on short paths. 60 passes, too. CIS's newer 15 with a
count of 3 works on every path, and ends a session after 60 s without an answer. With sshd 8.2 or later, a
count of 0 never ends a session.

## How to fix it

The fix writes `seconds`, or half of the timeout if that is shorter. It is safe, since it only shortens the
interval. A shorter interval notices a dead peer sooner, also a sleeping laptop. Without a path, the fix
skips an sshd that doubles the interval: `interval-doubled` handles it.

## When to ignore it

When your path keeps idle sessions longer. Better: name the path in the policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sshkeep.config.blocks.matching import universal
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.edit.intents import SetGlobal, SetLine
from sshkeep.idle.model.probe_spacing import has_no_margin
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, line_value_concern
from sshkeep.lint.checks.keepalive import (
    INTERVAL_BY_KIND,
    SPACING,
    doubles_interval,
    interval_to_write,
    numbers_set,
    spacing_of,
)
from sshkeep.lint.checks.keepalive_pairs import in_effect_together, keepalive_pairs
from sshkeep.lint.checks.late_probes import (
    LateProbes,
    baseline_notes,
    late_probes,
    spacing_to_write,
    too_late_message,
)
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.lint.relevant_rules import has_suppression_comment
from sshkeep.lint.rule import PATH_TIMEOUT
from sshkeep.openssh.kind import CLIENT_TITLES
from sshkeep.openssh.values.arguments import Value
from sshkeep.phrase import Phrase

if TYPE_CHECKING:
    from sshkeep.idle.session import Session


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.kind in CLIENT_TITLES:
        yield from _of_client_program(config, options)
        return
    numbers = numbers_set(INTERVAL_BY_KIND[config.kind], config)
    if any(late_probes(spacing_of(number, config), options) for number in numbers if number > 0):
        yield from _of_pairs(options, config)
    if options[PATH_TIMEOUT]:
        yield from _by_debian(options, config)


def _of_pairs(options: Options, config: Config) -> Iterator[Finding]:
    """Each line whose interval comes too late, in effect for someone together with a count."""
    reported: set[int] = set()
    for pair in keepalive_pairs(config):
        entry = pair.interval
        late = late_probes(spacing_of(pair.seconds, config), options)
        if late is None or entry is None or entry.index in reported:
            continue
        if in_effect_together(pair, config):
            reported.add(entry.index)
            yield from _late(entry, pair.seconds, late, options, config)


def both(session: Session) -> Iterator[Finding]:
    """Where the path is named and no end probes soon enough, each interval that is too long."""
    # `sshkeep idle` has these at hand; a lint would pay for nothing.
    from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD
    from sshkeep.idle.model.timers import probe_spacing

    for outcome in session.lost if session.path_given else ():
        for end in (session.server, session.client):
            setting = end.settings.get(INTERVAL_KEYWORD[end.endpoint.role])
            if setting and setting.entry and end.endpoint.sends_probes and outcome.ended_by is None:
                yield at_entry(
                    setting.entry, too_late_message(probe_spacing(end.endpoint), outcome.path.timeout)
                )


def _late(
    entry: Entry, interval: int, late: LateProbes, options: Options, config: Config
) -> Iterator[Finding]:
    doubled = doubles_interval(config)
    # Without a path, interval-doubled has the fix of the line and all that is to be known of it.
    apart = doubled and not options[PATH_TIMEOUT]
    if apart and not has_suppression_comment(config):
        return
    line = entry.directive.line
    span = entry.directive.span(line.rest, line.end) if apart else None
    yield at_entry(entry, late.message, span)._replace(
        label=Phrase(
            "sshd {release} probes every 2 x {interval} s", release=config.target.release, interval=interval
        )
        if doubled
        else "",
        notes=(*late.notes, *baseline_notes(interval)),
        severity=late.severity,
        fix=_fix(entry, interval, options, config),
        concerns=() if apart else (line_value_concern(entry),),
    )


def _fix(entry: Entry, interval: int, options: Options, config: Config) -> Fix | None:
    """None where no interval of whole seconds is short enough, and where it would not shorten."""
    timeout = options[PATH_TIMEOUT]
    value = interval_to_write(spacing_to_write(options), config)
    if value >= interval or (timeout and has_no_margin(spacing_of(value, config), timeout)):
        return None
    if not timeout and doubles_interval(config):
        return None  # interval-doubled keeps the spacing that is asked for
    keyword = INTERVAL_BY_KIND[config.kind]
    if universal(entry.block, config.target.release) or _is_batch(entry):
        return Fix(f"{keyword} {value}", "safe", (SetGlobal(keyword, (str(value),)),))
    title = Phrase("{keyword} {value} in this block", keyword=keyword, value=value)
    return Fix(title, "safe", (SetLine(entry, str(value)),))


def _of_client_program(config: Config, options: Options) -> Iterator[Finding]:
    """Each SSH session whose keepalives are too far apart."""
    from sshkeep.lint.checks.client_sessions import at_session, client_config, interval_fix

    client = client_config(config)
    for session in client.ssh_sessions:
        interval = client.program.interval(session)
        late = late_probes(interval, options) if interval > 0 else None
        if late is None:
            continue
        there = session.numbers.keys() & client.program.units.keys()
        finding = at_session(session, late.message, client)
        yield finding._replace(
            label=""
            if there
            else Phrase("without {keyword} it is {interval} s", keyword=finding.keyword, interval=interval),
            notes=late.notes,
            severity=late.severity,
            fix=interval_fix(session, spacing_to_write(options), client),
        )


def _by_debian(options: Options, config: Config) -> Iterator[Finding]:
    """Debian's ssh has a default where BatchMode is on: report the first line that sets BatchMode."""
    for entry in effective_entries("batchmode", _on, config) if config.kind == "ssh_config" else ():
        effect = value_in_block("serveraliveinterval", entry.block, config)
        if effect.entry is None and isinstance(effect.value, int) and effect.value and effect.certain:
            late = late_probes(spacing_of(effect.value, config), options)
            label = Phrase("on Debian, BatchMode makes {value} the default", value=effect.value)
            for finding in _late(entry, effect.value, late, options, config) if late else ():
                yield finding._replace(label=label)
            return


def _on(value: Value) -> bool:
    return value == "yes"


def _is_batch(entry: Entry) -> bool:
    return entry.keyword is not None and entry.keyword.option == "batchmode"


RULE = Rule(
    summary="the keepalive interval is too long for the path that the policy names, or for common ones",
    applies_to=("sshd_config", "ssh_config", "putty", "teraterm"),
    severity="warning",
    options={PATH_TIMEOUT: 0, "seconds": SPACING},
    check=check,
    check_session=both,
    explains=("interval-doubled", "batch-without-keepalive"),
    only_with=("clientaliveinterval", "serveraliveinterval", "batchmode"),
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
        Example("ClientAliveInterval 239\n", hit=True, kind="sshd_config"),
        Example("ClientAliveInterval 180\n", kind="sshd_config"),
        Example("ClientAliveInterval 3600\n", "ClientAliveInterval 60\n", kind="sshd_config"),
        Example(
            "Host *\n  ServerAliveInterval 24h\n", "Host *\n  ServerAliveInterval 60\n", kind="ssh_config"
        ),
        Example("[TTSSH]\nHeartBeat=300\n", "[TTSSH]\nHeartBeat=60\n", kind="teraterm"),
        Example("[TTSSH]\nHeartBeat=120\n", kind="teraterm"),
        Example("[TTSSH]\nEnabled=1\n", "[TTSSH]\nEnabled=1\nHeartBeat=60\n", kind="teraterm"),
        Example(
            "[Tera Term]\nVersion=5\n", "[Tera Term]\nVersion=5\n\n[TTSSH]\nHeartBeat=60\n", kind="teraterm"
        ),
        Example(
            "[TTSSH]\nHeartBeat=120\n", "[TTSSH]\nHeartBeat=30\n", kind="teraterm", options={PATH_TIMEOUT: 60}
        ),
        Example(
            "Present=1\nPingInterval=10\nPingIntervalSecs=0\n",
            "Present=1\nPingInterval=0\nPingIntervalSecs=60\n",
            kind="putty",
        ),
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
