"""What holds for those whom one block is for, and no other block but those for everyone."""

from __future__ import annotations

from typing import cast

from sshkeep.config.deciding import Conditions, Deciding, conditions_of, deciding, known_conditions
from sshkeep.config.everyone import DEBIAN_BATCH_MODE_INTERVAL, InEffect, in_effect
from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Context

_Ranked = dict[Conditions, tuple[int, Deciding]]


def alone(meaning: str, context: Context | None, config: Config) -> InEffect:
    """The value of the option ``meaning`` (lower case) where ``context`` applies and no other block does.

    Blocks around it, and those with the very same conditions, apply with it. Not for options whose lines
    add up or have parts.
    """
    everyone = _for_everyone(meaning, config)
    if universal(context, config.target.release):
        return everyone
    if not config.lines(meaning):
        return _default(meaning, context, everyone, config)
    ranked = _ranked(meaning, config)
    conditions = conditions_of(context, known_conditions(config))
    fitting = [ranked[key] for n in range(len(conditions) + 1) if (key := conditions[:n]) in ranked]
    if not fitting:
        return _default(meaning, context, everyone, config)
    _, line = min(fitting, key=_place) if len(fitting) > 1 else fitting[0]
    if line.entry is everyone.entry:
        return everyone
    return InEffect(line.value, line.entry, line.reading, certain=not config.unread)


def _for_everyone(meaning: str, config: Config) -> InEffect:
    """`in_effect`, which goes through all lines, asked once: here a question comes for each block."""
    key = ("for everyone", meaning)
    if key not in config.memo:
        config.memo[key] = in_effect(meaning, config)
    return cast("InEffect", config.memo[key])


def _ranked(meaning: str, config: Config) -> _Ranked:
    """The strongest line for each block, with its place in the order of strength."""
    key = ("alone", meaning)
    if key not in config.memo:
        ranked: _Ranked = {}
        for place, line in enumerate(deciding(meaning, config).get("", [])):
            ranked.setdefault(line.conditions, (place, line))
        config.memo[key] = ranked
    return cast("_Ranked", config.memo[key])


def _place(ranked: tuple[int, Deciding]) -> int:
    return ranked[0]


def _default(meaning: str, context: Context | None, everyone: InEffect, config: Config) -> InEffect:
    """Debian's ServerAliveInterval hangs on the BatchMode of the block."""
    debian = config.target.vendor == "debian" and meaning == "serveraliveinterval"
    if not debian or alone("batchmode", context, config).value != "yes":
        return everyone
    return everyone._replace(value=DEBIAN_BATCH_MODE_INTERVAL)
