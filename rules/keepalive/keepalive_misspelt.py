"""A keepalive keyword has a typing mistake, so OpenSSH exits with "Bad configuration option".

## Why

One wrong letter, or a name that only sounds right (ServerAliveTimeout), is enough: sshd does not start, or
every ssh call fails. If IgnoreUnknown lists it in ssh_config, ssh ignores the line.

## How to fix it

The fix writes the right keyword. It is unsafe if that keyword is already set at the same place. It is also
unsafe if the name could be an interval or a count (ClientAliveIntervalMax, or ServerAlive with the value 3):
then sshkeep takes a small number for a count.

## When to ignore it

Never: the keepalive is off, or OpenSSH does not start.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sshkeep.config.parse_line import parse_entry
from sshkeep.edit.intents import RenameKeyword
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, value_concerns
from sshkeep.lint.checks.keepalive import probing_safety
from sshkeep.lint.checks.lines import is_set_beside
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.refusals import unknown_keyword
from sshkeep.lint.rule import AN_UNKNOWN_KEYWORD
from sshkeep.lookup import closest
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.openssh.values.numbers import is_digits
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import clean

SIDE = {"sshd_config": "Client", "ssh_config": "Server"}
INVENTED = {
    **dict.fromkeys(
        ("alive", "aliveint", "alivetime", "alivetimeout", "aliveseconds", "alivedelay"), "AliveInterval"
    ),
    **dict.fromkeys(
        ("alivemaxcount", "alivecount", "alivemax", "aliveretries", "alivetries"), "AliveCountMax"
    ),
    **dict.fromkeys(("keepaliveinterval", "keepalivetimeout", "keepalivetime"), "AliveInterval"),
    **dict.fromkeys(("keepalivecountmax", "keepalivecount", "keepalivemax"), "AliveCountMax"),
}
"""What people write behind Client or Server, and what they mean by it."""
INVENTED_ALONE = {
    "keepaliveinterval": "AliveInterval",
    "keepalivetimeout": "AliveInterval",
    "keepalivetime": "AliveInterval",
    "aliveinterval": "AliveInterval",
    "alivetimeout": "AliveInterval",
    "alivemax": "AliveCountMax",
    "keepalivemax": "AliveCountMax",
    "keepalivecountmax": "AliveCountMax",
    "keepalivecount": "AliveCountMax",
    "alivecountmax": "AliveCountMax",
}
WORDS_OF_INTERVAL = ("interval", "time", "seconds", "delay")
WORDS_OF_COUNT = ("count", "max", "tries")
MOST_COUNT = 10
"""Of what may be an interval or a count, a larger number is no count that anyone wants."""
CLOSE = 0.88
"""Two swapped letters or one more or less in a keepalive keyword reach 0.9; other words do not."""
MOST_NAMES = 10_000


def check(config: Config, options: Options) -> Iterator[Finding]:
    unknown = config.names() - config.known.keys()
    for name in islice(sorted(unknown), MOST_NAMES):
        right = "" if _known_elsewhere(name) else meant(name, SIDE[config.kind])
        if right:
            yield from _findings(name, right, config)


def _known_elsewhere(name: str) -> bool:
    return name in known_names("ssh_config") or name in known_names("sshd_config")


def meant(name: str, side: str) -> str:
    """The keepalive keyword of this ``side`` that ``name`` (lower case) stands for, or nothing."""
    for prefix in ("client", "server"):
        if name.startswith(prefix) and name.removeprefix(prefix) in INVENTED:
            return side + INVENTED[name.removeprefix(prefix)]
    if name in INVENTED_ALONE:
        return side + INVENTED_ALONE[name]
    words = {
        f"{each.lower()}{rest.lower()}": side + rest
        for each in SIDE.values()
        for rest in ("AliveInterval", "AliveCountMax")
    }
    words["tcpkeepalive"] = "TCPKeepAlive"
    close = closest(name, words, cutoff=CLOSE)
    return words[close[0]] if close else ""


def is_ambiguous(name: str) -> bool:
    """Whether ``name`` (lower case) speaks of an interval and of a count, as ClientAliveIntervalMax does."""
    return all(any(word in name for word in words) for words in (WORDS_OF_INTERVAL, WORDS_OF_COUNT))


def _is_invented(name: str) -> bool:
    """Whether ``name`` (lower case) is made up, and says neither interval nor count."""
    return (name in INVENTED_ALONE or name[len("client") :] in INVENTED) and not (
        "interval" in name or "count" in name
    )


def _meant_by_value(entry: Entry, config: Config) -> str:
    """Which of the two a keyword is by its value: a count is a small number."""
    digits = clean(entry.directive.text).split()[-1]
    count = is_digits(digits) and len(digits) < 3 and int(digits) <= MOST_COUNT
    return SIDE[config.kind] + ("AliveCountMax" if count else "AliveInterval")


def _findings(name: str, right: str, config: Config) -> Iterator[Finding]:
    by_name, invented = right, _is_invented(name)
    for entry in config.lines(name):
        by_value = _meant_by_value(entry, config)
        ambiguous = is_ambiguous(name) or (invented and by_value != by_name)
        right = by_value if ambiguous else by_name
        taken = is_set_beside(entry, right, config)
        line = entry.directive.line
        span = entry.directive.span(line.start, line.stop)
        refused = parse_entry(entry, config).problem
        ignored = Phrase("ssh ignores {name}, as IgnoreUnknown asks", name=line.name)
        message = unknown_keyword(line.name, config.kind) if refused else ignored
        yield at_entry(entry, message, span)._replace(
            label=Phrase("did you mean {keyword}?", keyword=_choice(right, ambiguous, config)),
            fix=Fix(
                Phrase("write {keyword}", keyword=right),
                "unsafe" if taken or ambiguous else probing_safety(right, config),
                (RenameKeyword(entry, right),),
            ),
            concerns=_concerns(entry, right, ambiguous, config),
            severity="error" if refused else "warning",
        )


def _choice(right: str, ambiguous: bool, config: Config) -> str:
    side = SIDE[config.kind]
    if not ambiguous:
        return right
    return Phrase("{first} or {second}", first=side + "AliveInterval", second=side + "AliveCountMax")


def _concerns(entry: Entry, right: str, ambiguous: bool, config: Config) -> tuple[str, ...]:
    """What is meant for an interval may be why there is none."""
    interval = value_concerns(entry, f"{SIDE[config.kind]}AliveInterval", config) if ambiguous else ()
    return tuple(dict.fromkeys((*value_concerns(entry, right, config), *interval)))


RULE = Rule(
    summary="a keepalive keyword is misspelt, so OpenSSH refuses the file",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=check,
    explains=(*MISSING_INTERVAL_RULES, "unknown-keyword"),
    reads="lines",
    only_with=(AN_UNKNOWN_KEYWORD,),
    references=("servconf.c and readconf.c, parse_token",),
    examples=(
        Example("ClientAliveIntervall 60\n", "ClientAliveInterval 60\n", kind="sshd_config"),
        Example("ClientAliveInterval 60\n", kind="sshd_config"),
        Example("Host *\n  ServerAliveTimeout 60\n", "Host *\n  ServerAliveInterval 60\n", kind="ssh_config"),
        Example(
            "ClientAliveInterval 60\nClientAliveIntervalMax 3\n",
            "ClientAliveInterval 60\nClientAliveCountMax 3\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "Host *\n  ServerAliveInterval 60\n  ServerAlive 3\n",
            "Host *\n  ServerAliveInterval 60\n  ServerAliveCountMax 3\n",
            kind="ssh_config",
            unsafe=True,
        ),
        Example("ClientAliveMax 300\n", "ClientAliveInterval 300\n", kind="sshd_config", unsafe=True),
        Example(
            "ClientAliveInterval 60\nClientAliveMaxCount 3\n",
            "ClientAliveInterval 60\nClientAliveCountMax 3\n",
            kind="sshd_config",
        ),
    ),
)
