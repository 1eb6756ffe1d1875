"""The value in effect where one block applies, and no other block but those for everyone."""

from __future__ import annotations

from sshkeep.config.blocks.matching import universal
from sshkeep.config.precedence.global_value import (
    InEffect,
    by_option,
    global_setting,
    global_value,
    in_effect,
)
from sshkeep.config.precedence.obtained import obtain
from sshkeep.config.precedence.order import Candidate, Conditions, conditions_of, lines_for_everyone, order
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.openssh.tables.keywords import precedence


def value_in_block(option: str, block: Block | None, config: Config) -> InEffect:
    """The value of ``option`` (lower case) where ``block`` applies and no other block does.

    Blocks around it, and blocks with the very same conditions, apply with it. Other blocks that fit the same
    people may decide before it: see `sample_clients`.
    """
    if universal(block, config.target.release):
        return global_value(option, config)
    own = _lines_for(option, conditions_of(block, config), config) if config.lines(option) else []
    if own:
        setting = obtain(option, by_option([*own, *lines_for_everyone(option, config)]), config)
    elif precedence(option, config.kind).raised_for(config.target) is None:
        return global_value(option, config)
    else:
        setting = global_setting(option, config)
    return in_effect(setting, config, lambda other: value_in_block(other, block, config).value)


def _lines_for(option: str, conditions: Conditions, config: Config) -> list[Candidate]:
    """Lines in blocks that apply where all of ``conditions`` hold, and no others need to."""
    known = _by_conditions(option, config)
    return [line for n in range(1, len(conditions) + 1) for line in known.get(conditions[:n], ())]


@cached_answer
def _by_conditions(option: str, config: Config) -> dict[Conditions, list[Candidate]]:
    """The lines in effect of each block, where blocks with the same conditions are one block."""
    found: dict[Conditions, list[Candidate]] = {}
    for line in order(option, config):
        if line.conditions:
            found.setdefault(line.conditions, []).append(line)
    return found
