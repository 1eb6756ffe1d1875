"""Keepalive intervals with the counts that go with them, as they are in effect together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Context, Entry, cached_answer
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.order import order_by_part
from sshkeep.config.precedence.sample_clients import contradicted
from sshkeep.edit.intents import SetForEveryone, SetHere
from sshkeep.lint.checks.findings import at_entry, in_short, value_concerns
from sshkeep.lint.checks.keepalive import COUNT_OF, INTERVALS
from sshkeep.lint.checks.values import FindingText
from sshkeep.lint.finding import Finding, Fix
from sshkeep.lint.rule import Check, Options
from sshkeep.openssh.values.arguments import Value


class KeepalivePair(NamedTuple):
    """Probes every ``seconds`` and ``most`` unanswered ones before the peer is given up.

    ``interval`` and ``counter`` are the lines that say so, None where a default does; for those whom
    ``context`` is for.
    """

    seconds: int
    most: int
    interval: Entry | None
    counter: Entry | None
    context: Context | None


def keepalive_pairs(config: Config) -> list[KeepalivePair]:
    """What holds for everyone, and for those whom one block is for; only where probes are sent at all."""
    interval = INTERVALS[config.kind].lower()
    count = COUNT_OF[interval].lower()
    if not (config.lines(interval) or config.lines(count)):
        return []
    return _keepalive_pairs(interval, count, config)


@cached_answer
def _keepalive_pairs(interval: str, count: str, config: Config) -> list[KeepalivePair]:
    found: list[KeepalivePair] = []
    for context in _deciding_blocks((interval, count), config):
        probes, most = value_in_block(interval, context, config), value_in_block(count, context, config)
        if not (probes.certain and most.certain):
            continue
        if isinstance(probes.value, int) and isinstance(most.value, int) and probes.value > 0:
            found.append(KeepalivePair(probes.value, most.value, probes.entry, most.entry, context))
    return found


def in_effect_together(pair: KeepalivePair, config: Config) -> bool:
    """Whether no other block is known to decide otherwise for all whom the pair is for."""
    interval = INTERVALS[config.kind].lower()
    values: dict[str, Value] = {interval: pair.seconds, COUNT_OF[interval].lower(): pair.most}
    return not contradicted(values, pair.context, config)


def _deciding_blocks(options: tuple[str, ...], config: Config) -> list[Context | None]:
    """No block, and each block that has a say."""
    lines = [line for option in options for line in order_by_part(option, config).get("", [])]
    return list(dict.fromkeys([None, *(line.entry.context for line in lines)]))


def zero_count(keyword: str, finding_text: Callable[[Config], FindingText]) -> Check:
    """Every line that sets ``keyword`` to 0 and goes with an interval that is on; the option is ``count``."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        reported: set[int] = set()
        for pair in keepalive_pairs(config):
            if pair.counter is None or pair.most or pair.counter.index in reported:
                continue
            if in_effect_together(pair, config):
                reported.add(pair.counter.index)
                yield _finding(pair.counter, keyword, str(options["count"]), finding_text(config), config)

    return check


def _finding(entry: Entry, keyword: str, value: str, words: FindingText, config: Config) -> Finding:
    finding = at_entry(entry, words.message)
    if universal(entry.context, config.target.release):
        fix = Fix(f"{keyword} {value}", "safe", (SetForEveryone(keyword, (value,)),))
    else:
        finding = finding._replace(message=f"{words.message} ({in_short(finding.block)})")
        fix = Fix(f"{keyword} {value} in {in_short(finding.block)}", "safe", (SetHere(entry, value),))
    return finding._replace(
        label=words.label, notes=words.notes, fix=fix, concerns=value_concerns(entry, keyword, config)
    )
