"""What lines of one option come to together, and what holds for everyone, as the target prints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sshkeep.config.deciding import deciding, for_all
from sshkeep.config.everyone import in_effect
from sshkeep.config.model import Config, Entry
from sshkeep.config.reading import Reading
from sshkeep.openssh.keyword import Keyword

Texts = tuple[str, ...]
Pair = tuple[Entry, Reading]


class Effect(NamedTuple):
    """Right-hand sides as printed; ``pairs`` are the lines that say so, none where the default holds.

    Not ``certain`` where a file that was not read, or what sshkeep is not told, may decide otherwise.
    """

    texts: Texts
    pairs: tuple[Pair, ...]
    certain: bool


def for_everyone(row: Keyword, config: Config) -> Effect:
    """What holds for everyone that no block tells apart."""
    found = {
        id(line.entry): (line.entry, line.reading)
        for lines in deciding(row.meaning, config).values()
        for line in for_all(lines)
    }
    pairs = tuple(sorted(found.values(), key=lambda pair: config.position(pair[0])))
    if pairs:
        return Effect(comes_to(pairs, row, config), pairs, in_effect(row.meaning, config).certain)
    texts = _default(row, config)
    known = not any("{" in text for text in texts)
    return Effect(texts, (), known and not config.unread and not config.fragment)


def comes_to(pairs: Sequence[Pair], row: Keyword, config: Config) -> Texts:
    """The right-hand sides for ``pairs`` alone; none where the target refuses the algorithm list."""
    from sshkeep.config.printed import texts
    from sshkeep.config.setting import Setting
    from sshkeep.openssh.algorithm_defaults import LISTS

    setting = Setting(row.meaning)
    for pair in pairs:
        setting.take(*pair, config.kind, config.target.release)
    if row.meaning in LISTS:
        return _assembled(row.meaning, str(setting.value), config)
    return texts(setting, row, config.kind, config.target)


def _assembled(meaning: str, text: str, config: Config) -> Texts:
    from sshkeep.openssh.algorithms import BadAlgorithms, assemble

    try:
        return (assemble(meaning, text, config.kind, config.target),)
    except BadAlgorithms:
        return ()


def _default(row: Keyword, config: Config) -> Texts:
    from sshkeep.config.evaluate import printed_name
    from sshkeep.openssh.defaults import defaults

    if row.meaning == "serveraliveinterval":  # Debian's hangs on BatchMode
        return (str(in_effect(row.meaning, config).value),)
    return defaults(config.kind, config.target).get(printed_name(row.meaning, config), ())
