"""Answers about the lines of an option as short texts, so that tables of them can be read.

A line is its number, from 1; in the second stage, with ``~``; with the lines of its blocks.
"""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.precedence.global_value import by_option
from sshkeep.config.precedence.obtained import Setting, obtain
from sshkeep.config.precedence.order import WEAK, Candidate, lines_for_everyone, order, order_by_part
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry

UNKNOWN = b"maybe"
"""In a block whose line holds this it is not known whether the block applies."""


def number(entry: Entry) -> int:
    return entry.directive.number + 1


def line_text(line: Candidate) -> str:
    stage = "~" if line.stage == WEAK else ""
    blocks = "".join(f" [{condition.decode()}]" for condition in line.conditions)
    return f"{number(line.entry)}{stage}{blocks}"


def order_text(option: str, config: Config) -> str:
    return _joined(order(option, config))


def _joined(lines: Iterable[Candidate]) -> str:
    return ", ".join(map(line_text, lines))


def parts_text(option: str, config: Config) -> dict[str, str]:
    return {part: _joined(lines) for part, lines in order_by_part(option, config).items()}


def everyone_text(option: str, config: Config) -> str:
    return _joined(lines_for_everyone(option, config))


def setting_if_all_apply(option: str, config: Config) -> Setting:
    """The setting where every block applies, but those that are not known."""
    lines = [
        line._replace(sure=not any(UNKNOWN in condition for condition in line.conditions))
        for line in order(option, config)
    ]
    return obtain(option, by_option(lines), config)


def won_text(setting: Setting) -> str:
    """The lines in effect; behind a ``?`` those that would be if their block applied."""
    maybe = _joined(setting.maybe)
    return _joined(setting.won) + (f" ? {maybe}" if maybe else "")


def lost_text(setting: Setting) -> str:
    return ", ".join(f"{number(line.entry)} {line.why}" for line in setting.lost)


def shadowed_text(option: str, config: Config) -> str:
    """The lines without effect, each with the lines that win over it."""
    return ", ".join(
        f"{number(line.entry)} < {' '.join(str(number(winner.entry)) for winner in line.winners)}"
        for line in shadowed(option, config)
    )
