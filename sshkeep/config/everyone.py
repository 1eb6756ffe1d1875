"""The value in effect wherever no block decides otherwise, and the line it comes from."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.matching import applies_at_start, delayed, universal
from sshkeep.config.model import Config, Entry
from sshkeep.config.reading import Reading, readings
from sshkeep.openssh.values.given import Value

DEFAULTS: dict[str, Value] = {
    "clientaliveinterval": 0,
    "clientalivecountmax": 3,
    "serveraliveinterval": 0,
    "serveralivecountmax": 3,
    "tcpkeepalive": "yes",
}
"""servconf.c fill_default_server_options, readconf.c fill_default_options; all releases."""

DEBIAN_BATCH_MODE_INTERVAL = 300
"""Debian's patch to fill_default_options: ServerAliveInterval under BatchMode yes."""


class InEffect(NamedTuple):
    """``entry`` and ``reading`` are None where nothing sets the option and the default holds."""

    value: Value
    entry: Entry | None = None
    reading: Reading | None = None
    certain: bool = True
    """False where a file that was not read may decide otherwise."""


def in_effect(meaning: str, config: Config) -> InEffect:
    """The value of the option ``meaning`` (lower case) for everyone that no block tells apart."""
    won = _winner(meaning, config)
    if won is None:
        return InEffect(_default(meaning, config), certain=not config.unread and not config.fragment)
    return InEffect(won[1].value, won[0], won[1], _certain(won[0], config))


def _winner(meaning: str, config: Config) -> tuple[Entry, Reading] | None:
    release = config.target.release
    found = readings(meaning, config)
    if config.kind == "ssh_config":
        fitting = [pair for pair in found if universal(pair[0].context, release)]
        return next((p for p in fitting if not delayed(p[0].context)), None) or next(iter(fitting), None)
    # servconf.c copy_set_server_options: what a Match block sets replaces the global value.
    for entry, reading in found:
        if (
            entry.context is not None
            and entry.keyword
            and entry.keyword.in_match
            and universal(entry.context, release)
        ):
            return entry, reading
    return next((pair for pair in found if applies_at_start(pair[0].context, release)), None)


def _certain(entry: Entry, config: Config) -> bool:
    """A file that can't be read may hold a first value, and for sshd a ``Match all`` besides."""
    if not config.unread:
        return True
    if config.kind == "sshd_config":
        return False
    return config.position(entry) < config.unread[0].position


def _default(meaning: str, config: Config) -> Value:
    if meaning == "serveraliveinterval" and config.target.vendor == "debian":
        batch = in_effect("batchmode", config)
        if batch.value == "yes":
            return DEBIAN_BATCH_MODE_INTERVAL
    return DEFAULTS.get(meaning)
