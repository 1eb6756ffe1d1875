"""The keepalive gives up so soon that a short outage ends the session.

## Why

OpenSSH gives up a peer that is silent for interval x (count + 1) seconds; the examples of the man pages
omit the 1. With 1 and 3 that is 4 seconds: a change of Wi-Fi, a restarted access point or a laptop that is
closed for a moment is enough. Without a keepalive the session would survive. sshd 9.2 to 9.4 take twice as
long.

A short interval does not always help to notice a dead peer quickly. sshd from 9.2 on probes only while the
session is quiet: TCP handles a session that prints something within each interval, and gives up after about
15 minutes. ssh up to 8.3 does not probe while the user types. ssh also uses the interval during the login:
it waits interval x count seconds for each answer of the server, also while the user confirms a push
message.

The rule reports less than `seconds`, and as info an interval of 1 or 2, which probably means minutes.

## How to fix it

The fix sets the interval to `seconds`. It is unsafe, since sshkeep can't know what you want.

## When to ignore it

When you want to notice a dead peer within seconds.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import parse_entry, value_span
from sshkeep.edit.intents import SetLine
from sshkeep.idle.model.endpoint import DEFAULT_COUNT
from sshkeep.idle.model.peer_detection import login_timeout
from sshkeep.idle.model.timers import disconnects_after, probe_spacing
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, related_entry
from sshkeep.lint.checks.keepalive import (
    COUNT_BY_KIND,
    INTERVAL_BY_KIND,
    doubles_interval,
    endpoint_of,
    interval_to_write,
    numbers_set,
)
from sshkeep.lint.checks.keepalive_pairs import KeepalivePair, in_effect_together, keepalive_pairs
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import Span

SHORT = 2
"""An interval of so many seconds is reported whatever the count is."""
PEERS = {"sshd_config": ("sshd", Phrase("client")), "ssh_config": ("ssh", Phrase("server"))}


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not _any_too_quick(options["seconds"], config):
        return
    reported: set[int] = set()
    for pair in keepalive_pairs(config):
        if pair.interval is None or pair.most == 0 or pair.interval.index in reported:
            continue
        finding = _finding(pair, pair.interval, options["seconds"], config)
        if finding and in_effect_together(pair, config):
            reported.add(pair.interval.index)
            right = str(interval_to_write(options["seconds"], config))
            fix = Fix(f"{finding.keyword} {right}", "unsafe", (SetLine(pair.interval, right),))
            yield finding._replace(fix=fix)


def _any_too_quick(least: int, config: Config) -> bool:
    """Whether the shortest interval would be too quick with the lowest count, wherever the two are set."""
    intervals = numbers_set(INTERVAL_BY_KIND[config.kind], config) - {0}
    if not intervals:
        return False
    counts = {DEFAULT_COUNT, *numbers_set(COUNT_BY_KIND[config.kind], config)} - {0}
    after = disconnects_after(endpoint_of(config, min(intervals), min(counts)))
    return min(intervals) <= SHORT or (after is not None and after < least)


def _finding(pair: KeepalivePair, entry: Entry, least: int, config: Config) -> Finding | None:
    endpoint = endpoint_of(config, pair.seconds, pair.most)
    spacing, after = probe_spacing(endpoint), disconnects_after(endpoint)
    program, peer = PEERS[config.kind]
    if after is not None and after < least:
        message = Phrase(
            "{program} ends a session whose {peer} is out of reach for {after} s",
            program=program,
            peer=peer,
            after=after,
        )
        finding = at_entry(entry, message, _value(entry, config))
        seconds = f"2 x {pair.seconds}" if doubles_interval(config) else str(pair.seconds)
        label = Phrase("{seconds} s x ({most} + 1 unanswered)", seconds=seconds, most=pair.most)
        notes = [Phrase("a change of Wi-Fi or a laptop closed for a moment takes as long")]
        if program == "ssh":
            waits = login_timeout(endpoint)
            notes.append(Phrase("at login, ssh waits {waits} s for each answer of the server", waits=waits))
        counts = Phrase("the count that goes with it")
        counter = (related_entry(pair.counter, counts),) if pair.counter else ()
        return finding._replace(label=label, notes=tuple(notes), related=counter)
    if pair.seconds <= SHORT:
        every = Phrase("second") if spacing == 1 else Phrase("{spacing} seconds", spacing=spacing)
        message = Phrase(
            "{program} probes an idle {peer} every {every}", program=program, peer=peer, every=every
        )
        finding = at_entry(entry, message, _value(entry, config))
        return finding._replace(label=Phrase("the unit is seconds; a minute is 1m"), severity="info")
    return None


def _value(entry: Entry, config: Config) -> Span:
    return value_span(entry, parse_entry(entry, config))


RULE = Rule(
    summary="the keepalive gives up within seconds, so that a short outage ends the session",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"seconds": 15},
    check=check,
    only_with=("clientaliveinterval", "serveraliveinterval"),
    references=(
        "serverloop.c, client_alive_check, and clientloop.c, server_alive_check",
        "measured on 8.1 to 10.6: (count + 1) x interval",
    ),
    examples=(
        Example("ClientAliveInterval 1\n", "ClientAliveInterval 15\n", kind="sshd_config", unsafe=True),
        Example("ClientAliveInterval 15\n", kind="sshd_config"),
        Example(
            "ClientAliveInterval 2\nClientAliveCountMax 10\n",
            "ClientAliveInterval 15\nClientAliveCountMax 10\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example("ClientAliveInterval 5\nClientAliveCountMax 10\n", kind="sshd_config"),
        Example(
            "Host web\n  ServerAliveInterval 5\nHost *\n  ServerAliveInterval 60\n  ServerAliveCountMax 1\n",
            "Host web\n  ServerAliveInterval 15\nHost *\n  ServerAliveInterval 60\n  ServerAliveCountMax 1\n",
            kind="ssh_config",
            unsafe=True,
        ),
        Example(
            "Host web\n  ServerAliveInterval 5\nHost *\n  ServerAliveInterval 60\n  ServerAliveCountMax 2\n",
            kind="ssh_config",
        ),
    ),
)
