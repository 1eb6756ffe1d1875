"""A count of 0, which is told where probes are sent at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetGlobal, SetLine
from sshkeep.lint.finding import Finding, Fix, at_entry, concerns, in_short
from sshkeep.lint.pairs import in_effect_together, pairs
from sshkeep.lint.rule import Check, Options
from sshkeep.lint.vocabulary import Says


def zero_count(keyword: str, says: Callable[[Config], Says]) -> Check:
    """Every line that sets ``keyword`` to 0 and goes with an interval that is on; the option is ``count``."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        reported: set[int] = set()
        for pair in pairs(config):
            if pair.counter is None or pair.most or pair.counter.index in reported:
                continue
            if in_effect_together(pair, config):
                reported.add(pair.counter.index)
                yield _finding(pair.counter, keyword, str(options["count"]), says(config), config)

    return check


def _finding(entry: Entry, keyword: str, value: str, words: Says, config: Config) -> Finding:
    finding = at_entry(entry, words.message)
    if universal(entry.block, config.target.release):
        fix = Fix(f"{keyword} {value}", "safe", (SetGlobal(keyword, (value,)),))
    else:
        finding = finding._replace(message=f"{words.message} ({in_short(finding.block)})")
        fix = Fix(f"{keyword} {value} in {in_short(finding.block)}", "safe", (SetLine(entry, value),))
    return finding._replace(
        label=words.label, notes=words.notes, fix=fix, concerns=concerns(entry, keyword, config)
    )
