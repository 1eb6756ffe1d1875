"""Keepalive intervals with the counts that go with them, as they are in effect together."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.order import order_by_part
from sshkeep.config.precedence.sample_clients import contradicted
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.lint.keepalive import COUNT_OF, INTERVALS
from sshkeep.openssh.values.arguments import Value


class Pair(NamedTuple):
    """Probes every ``seconds`` and ``most`` unanswered ones before the peer is given up.

    ``interval`` and ``counter`` are the lines that say so, None where a default does; for those whom
    ``block`` is for.
    """

    seconds: int
    most: int
    interval: Entry | None
    counter: Entry | None
    block: Block | None


def pairs(config: Config) -> list[Pair]:
    """What holds for everyone, and for those whom one block is for; only where probes are sent at all."""
    interval = INTERVALS[config.kind].lower()
    count = COUNT_OF[interval].lower()
    if not (config.lines(interval) or config.lines(count)):
        return []
    return _pairs(interval, count, config)


@cached_answer
def _pairs(interval: str, count: str, config: Config) -> list[Pair]:
    found: list[Pair] = []
    for block in _contexts((interval, count), config):
        probes, most = value_in_block(interval, block, config), value_in_block(count, block, config)
        if not (probes.certain and most.certain):
            continue
        if isinstance(probes.value, int) and isinstance(most.value, int) and probes.value > 0:
            found.append(Pair(probes.value, most.value, probes.entry, most.entry, block))
    return found


def in_effect_together(pair: Pair, config: Config) -> bool:
    """Whether no other block is known to decide otherwise for all whom the pair is for."""
    interval = INTERVALS[config.kind].lower()
    values: dict[str, Value] = {interval: pair.seconds, COUNT_OF[interval].lower(): pair.most}
    return not contradicted(values, pair.block, config)


def _contexts(options: tuple[str, ...], config: Config) -> list[Block | None]:
    """No block, and each block that has a say."""
    lines = [line for option in options for line in order_by_part(option, config).get("", [])]
    return list(dict.fromkeys([None, *(line.entry.block for line in lines)]))
