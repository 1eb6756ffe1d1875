"""A setting's value as ``sshd -T`` and ``ssh -G`` print it: the right-hand sides of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.parse_line import ParsedEntry
from sshkeep.config.precedence.global_value import global_setting, global_value
from sshkeep.config.precedence.obtained import Setting, obtain
from sshkeep.config.precedence.order import WEAK, Candidate
from sshkeep.config.tree.config import Config
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.defaults import default_lines
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.tables.printing import printed_lines
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.value_type import Texts


def printed_setting(setting: Setting, row: Keyword, kind: Kind, target: Target) -> Texts:
    """The right-hand sides of an option that is set."""
    value = setting.value
    # servconf.c copy_set_server_options comes after ``none`` is cleared.
    if setting.in_match and isinstance(value, tuple) and row.type.on_one_line:
        return (" ".join(value),)
    if setting.in_match and row.option == "authorizedprincipalsfile":
        return (str(value),)
    return printed_lines(value, row, kind, target)


PrintedLines = dict[str, Texts]
"""The right-hand sides by the lower-case name that the program prints."""


class PrintedValue(NamedTuple):
    """Right-hand sides as printed. ``pairs`` are the lines in effect; there are none for the default.

    Not ``certain`` where a file that was not read, or a home or user that is unknown, may change the value.
    """

    texts: Texts
    pairs: tuple[ParsedEntry, ...]
    certain: bool


def printed_global_value(row: Keyword, config: Config) -> PrintedValue:
    """The global value of an option, which a block may replace."""
    setting = global_setting(row.option, config)
    effect = global_value(row.option, config)
    if setting.won:
        pairs = tuple((line.entry, line.parsed) for line in setting.won)
        return PrintedValue(_printed(setting, row, config), pairs, effect.certain)
    texts = _default(row, config)
    return PrintedValue(texts, (), effect.certain and not any("{" in text for text in texts))


def printed_value_of(pairs: Sequence[ParsedEntry], row: Keyword, config: Config) -> Texts:
    """The right-hand sides if ``pairs`` were all lines; empty where the target refuses the algorithm list."""
    lines = [Candidate(entry, parsed, WEAK) for entry, parsed in pairs]
    return _printed(obtain(row.option, {row.option: lines}, config), row, config)


def _printed(setting: Setting, row: Keyword, config: Config) -> Texts:
    from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES

    if row.option in ALGORITHM_FAMILIES:
        return _assembled(row.option, str(setting.value), config)
    return printed_setting(setting, row, config.kind, config.target)


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
