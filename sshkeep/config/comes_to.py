"""What lines of one option come to together, and what holds for everyone, as the target prints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sshkeep.config.model import Config, Entry
from sshkeep.config.precedence.global_value import global_setting, global_value
from sshkeep.config.precedence.obtained import Setting, obtain
from sshkeep.config.precedence.order import WEAK, Candidate
from sshkeep.config.reading import Reading
from sshkeep.openssh.tables.defaults import default_lines
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword

Texts = tuple[str, ...]
Pair = tuple[Entry, Reading]


class Effect(NamedTuple):
    """Right-hand sides as printed; ``pairs`` are the lines in effect, none where the default holds.

    Not ``certain`` where a file that was not read, or what sshkeep is not told, may decide otherwise.
    """

    texts: Texts
    pairs: tuple[Pair, ...]
    certain: bool


def for_everyone(row: Keyword, config: Config) -> Effect:
    """What holds for everyone, except where a block sets its own."""
    setting = global_setting(row.option, config)
    effect = global_value(row.option, config)
    if setting.won:
        pairs = tuple((line.entry, line.reading) for line in setting.won)
        return Effect(_printed(setting, row, config), pairs, effect.certain)
    texts = _default(row, config)
    return Effect(texts, (), effect.certain and not any("{" in text for text in texts))


def comes_to(pairs: Sequence[Pair], row: Keyword, config: Config) -> Texts:
    """The right-hand sides for ``pairs`` alone; none where the target refuses the algorithm list."""
    lines = [Candidate(entry, reading, WEAK) for entry, reading in pairs]
    return _printed(obtain(row.option, {row.option: lines}, config), row, config)


def _printed(setting: Setting, row: Keyword, config: Config) -> Texts:
    from sshkeep.config.printed import texts
    from sshkeep.openssh.algorithms.defaults import FAMILIES

    if row.option in FAMILIES:
        return _assembled(row.option, str(setting.value), config)
    return texts(setting, row, config.kind, config.target)


def _assembled(option: str, text: str, config: Config) -> Texts:
    from sshkeep.openssh.algorithms.lists import BadAlgorithms, assemble

    try:
        return (assemble(option, text, config.kind, config.target),)
    except BadAlgorithms:
        return ()


def _default(row: Keyword, config: Config) -> Texts:
    if precedence(row.option, config.kind).raised_for(config.target):
        return (str(global_value(row.option, config).value),)
    return default_lines(row.option, config.kind, config.target)
