"""Lines that need a keepalive and have none: the base of the rules `*_without_keepalive`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sshkeep.config.blocks.matching import universal
from sshkeep.config.precedence.global_value import InEffect
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetGlobal, SetLine
from sshkeep.lint.checks.findings import (
    at_entry,
    global_value_concern,
    in_short,
    line_value_concern,
    related_entry,
    title_in_block,
)
from sshkeep.lint.checks.keepalive import (
    INTERVAL_BY_KIND,
    count_beside_interval,
    interval_to_write,
    probing_safety,
)
from sshkeep.lint.finding import Finding, Fix
from sshkeep.named import NamedTuple
from sshkeep.openssh.values.arguments import Value
from sshkeep.phrase import Phrase

MISSING_INTERVAL_RULES = (
    "client-alive-interval",
    "server-alive-interval",
    "tcp-keep-alive",
    "batch-without-keepalive",
    "tunnel-without-keepalive",
    "master-without-keepalive",
    "count-without-interval",
    "no-liveness",
)
"""Rules that report an interval that is off, each more specific than those before it."""

NO_OTHER_OPTIONS: Mapping[str, Callable[[Value], bool]] = {}


class MissingKeepalive(NamedTuple):
    """A line without a keepalive, and the cause: the interval in effect there, which is 0.

    The cause has no entry if it is the default.
    """

    cause: InEffect
    line: Entry


def missing_keepalives(
    entries: Iterable[Entry], config: Config, needs: Mapping[str, Callable[[Value], bool]] = NO_OTHER_OPTIONS
) -> list[MissingKeepalive]:
    """For each cause, the first of ``entries`` whose block matches a client or host without probes.

    ``needs`` has further options; the same client or host must have a value that the predicate accepts.
    """
    from sshkeep.config.sample_clients import values_of_samples

    option = INTERVAL_BY_KIND[config.kind].lower()
    found: dict[Entry | None, MissingKeepalive] = {}
    for entry in entries:
        cause = value_in_block(option, entry.block, config)
        if cause.value != 0 or not cause.certain or cause.entry in found:
            continue
        for values in values_of_samples((option, *needs), entry.block, config).values:
            if values[option] == 0 and all(suits(values[name]) for name, suits in needs.items()):
                found[cause.entry] = MissingKeepalive(cause, entry)
                break
    return list(found.values())


def missing_keepalive_finding(
    missing: MissingKeepalive, message: str, label: str, seconds: int, config: Config
) -> Finding:
    """The finding: at the line that switches the probes off, or else at the line without a keepalive.

    ``label`` is for the latter. The fix sets a probe every ``seconds``.
    """
    first, cause = missing.line, missing.cause.entry
    finding = at_entry(cause or first, message)._replace(
        label=Phrase("0 turns the probes off") if cause else label,
        related=(related_entry(first, label),) if cause else (),
    )
    keyword = INTERVAL_BY_KIND[config.kind]
    value = str(interval_to_write(seconds, config))
    if cause and not universal(cause.block, config.target.release):
        safety = probing_safety(keyword, config)
        title = title_in_block(f"{keyword} {value}", in_short(finding.block))
        fix = Fix(title, safety, (SetLine(cause, value),))
        return finding._replace(fix=fix, concerns=(line_value_concern(cause),))
    beside = count_beside_interval(config)
    safety = probing_safety(keyword, config, sets_count=bool(beside))
    fix = Fix(f"{keyword} {value}", safety, (SetGlobal(keyword, (value,)), *beside))
    return finding._replace(fix=fix, concerns=(global_value_concern(keyword),))


def less_specific_rules(rule: str) -> tuple[str, ...]:
    """The rules before this one in MISSING_INTERVAL_RULES, which its findings explain."""
    return MISSING_INTERVAL_RULES[: MISSING_INTERVAL_RULES.index(rule)]
