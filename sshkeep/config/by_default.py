"""The value that holds where no line sets an option, read as a line's value is."""

from __future__ import annotations

from typing import cast

from sshkeep.config.everyone import InEffect, in_effect
from sshkeep.config.model import Config, Context
from sshkeep.config.reading import readings
from sshkeep.openssh.keyword import Keyword
from sshkeep.openssh.values.given import BadValue, Given, Value

DEPENDS_ON_BUILD = {
    ("freebsd", "verifyhostkeydns"),
    ("freebsd", "x11forwarding"),
    ("suse", "permitrootlogin"),
}
"""Vendor and option of which the default hangs on more than the release (see vendor_defaults.py)."""


def keyword_for(meaning: str, config: Config) -> Keyword | None:
    """The target's own keyword for the option ``meaning`` (lower case), by whatever name."""
    row = config.known.get(meaning)
    if row is not None and row.meaning == meaning:
        return row
    return next((row for row in config.known.values() if row.meaning == meaning), None)


def default_value(meaning: str, config: Config) -> Value:
    """The target's default of the option; None where it has none, none that is known, or skips the option."""
    from sshkeep.openssh.values.readers import read_value

    row, text = keyword_for(meaning, config), default_text(meaning, config)
    if row is None or row.state or not text or (config.target.vendor, meaning) in DEPENDS_ON_BUILD:
        return None
    try:
        return read_value(Given(tuple(text.split()), row, config.kind, config.target))
    except BadValue:
        return None


def default_text(meaning: str, config: Config) -> str:
    """The default as the target prints it; empty where it has none, or one that names a home or user."""
    from sshkeep.config.evaluate import printed_name
    from sshkeep.openssh.defaults import defaults

    texts = defaults(config.kind, config.target).get(printed_name(meaning, config))
    return texts[0] if texts and "{" not in texts[0] else ""


def holding(meaning: str, config: Config) -> InEffect:
    """The value for everyone that no block tells apart: a line's, or the target's default."""
    effect = in_effect(meaning, config)
    return effect if effect.entry is not None else effect._replace(value=default_value(meaning, config))


def holding_in(meaning: str, context: Context | None, config: Config) -> Value:
    """The value for those whom the block ``context`` fits: its own, else the one for everyone."""
    own = _values_in_blocks(meaning, config)
    if context is not None and id(context) in own:
        return own[id(context)]
    return own[None]


def _values_in_blocks(meaning: str, config: Config) -> dict[int | None, Value]:
    """The first value of each block that has one, by the block's id; None is the one for everyone."""
    key = ("values in blocks", meaning)
    if key not in config.memo:
        values: dict[int | None, Value] = {None: holding(meaning, config).value}
        for entry, reading in readings(meaning, config):
            if entry.context is not None:
                values.setdefault(id(entry.context), reading.value)
        config.memo[key] = values
    return cast("dict[int | None, Value]", config.memo[key])
