"""Intervals and counts that are in effect together, and the check of a count of 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.order import order_by_part
from sshkeep.config.sample_clients import contradicted
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetGlobal, SetLine
from sshkeep.lint.checks.findings import about_block, at_entry, in_short, title_in_block, value_concerns
from sshkeep.lint.checks.keepalive import COUNT_BY_KIND, INTERVAL_BY_KIND, numbers_set
from sshkeep.lint.checks.values import FindingText
from sshkeep.lint.finding import Finding, Fix
from sshkeep.lint.rule import Check, Options
from sshkeep.named import NamedTuple
from sshkeep.openssh.values.arguments import Value


class KeepalivePair(NamedTuple):
    """A probe every ``seconds``; after ``most`` unanswered ones the session ends.

    ``interval`` and ``counter`` are the lines that set them, None for a default. The pair is for clients
    or hosts that match ``block``, or for everyone.
    """

    seconds: int
    most: int
    interval: Entry | None
    counter: Entry | None
    block: Block | None


def keepalive_pairs(config: Config) -> list[KeepalivePair]:
    """The pairs for everyone and for each block that sets one of the two; only where probes are sent."""
    interval = INTERVAL_BY_KIND[config.kind].lower()
    count = COUNT_BY_KIND[config.kind].lower()
    if not (config.lines(interval) or config.lines(count)):
        return []
    return _keepalive_pairs(interval, count, config)


@cached_answer
def _keepalive_pairs(interval: str, count: str, config: Config) -> list[KeepalivePair]:
    found: list[KeepalivePair] = []
    for block in _deciding_blocks((interval, count), config):
        probes, most = value_in_block(interval, block, config), value_in_block(count, block, config)
        if not (probes.certain and most.certain):
            continue
        if isinstance(probes.value, int) and isinstance(most.value, int) and probes.value > 0:
            found.append(KeepalivePair(probes.value, most.value, probes.entry, most.entry, block))
    return found


def in_effect_together(pair: KeepalivePair, config: Config) -> bool:
    """Whether some client or host of the pair's block gets both values, as far as is known."""
    interval = INTERVAL_BY_KIND[config.kind].lower()
    values: dict[str, Value] = {interval: pair.seconds, COUNT_BY_KIND[config.kind].lower(): pair.most}
    return not contradicted(values, pair.block, config)


def _deciding_blocks(options: tuple[str, ...], config: Config) -> list[Block | None]:
    """None for everyone, and each block that sets one of the options."""
    lines = [line for option in options for line in order_by_part(option, config).get("", [])]
    return list(dict.fromkeys([None, *(line.entry.block for line in lines)]))


def zero_count(keyword: str, finding_text: Callable[[Config], FindingText]) -> Check:
    """Report lines that set ``keyword`` to 0 where probes are sent; the fix writes the option ``count``."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        if 0 not in numbers_set(keyword, config):
            return
        reported: set[int] = set()
        for pair in keepalive_pairs(config):
            if pair.counter is None or pair.most or pair.counter.index in reported:
                continue
            if in_effect_together(pair, config):
                reported.add(pair.counter.index)
                yield _finding(pair.counter, keyword, str(options["count"]), finding_text(config), config)

    return check


def _finding(entry: Entry, keyword: str, value: str, text: FindingText, config: Config) -> Finding:
    finding = at_entry(entry, text.message)
    if universal(entry.block, config.target.release):
        fix = Fix(f"{keyword} {value}", "safe", (SetGlobal(keyword, (value,)),))
    else:
        block = in_short(finding.block)
        finding = finding._replace(message=about_block(text.message, block))
        fix = Fix(title_in_block(f"{keyword} {value}", block), "safe", (SetLine(entry, value),))
    return finding._replace(
        label=text.label, notes=text.notes, fix=fix, concerns=value_concerns(entry, keyword, config)
    )
