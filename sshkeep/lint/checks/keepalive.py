"""Keepalive intervals and counts of a config; times are those of the idle model."""

from __future__ import annotations

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import Intent, SetGlobal
from sshkeep.idle.model.endpoint import (
    CONFIG_KIND,
    COUNT_KEYWORD,
    DEFAULT_COUNT,
    INTERVAL_KEYWORD,
    ROLES,
    Endpoint,
)
from sshkeep.idle.model.probe_spacing import DEFAULT_SPACING
from sshkeep.idle.model.timers import disconnects_after, interval_for, probe_spacing, release_timing
from sshkeep.lint.finding import Safety
from sshkeep.lint.rule import Spacing
from sshkeep.openssh.kind import Kind

INTERVAL_BY_KIND: dict[Kind, str] = {CONFIG_KIND[role]: INTERVAL_KEYWORD[role] for role in ROLES}
"""The keyword of the interval in each language."""

SPACING = Spacing(DEFAULT_SPACING)
"""The default of the option ``seconds`` of rules that write an interval."""

COUNT_BY_KIND: dict[Kind, str] = {CONFIG_KIND[role]: COUNT_KEYWORD[role] for role in ROLES}
"""The keyword of the count in each language."""


def endpoint_of(config: Config, interval: int = 0, count: int = DEFAULT_COUNT) -> Endpoint:
    """The endpoint that reads this config, with the interval and count given."""
    role = next(role for role in ROLES if CONFIG_KIND[role] == config.kind)
    target = config.target
    return Endpoint(role, target.release, interval, count, count_zero_is_never=target.count_zero_is_never)


def numbers_set(keyword: str, config: Config) -> set[int]:
    """The numbers to which lines set ``keyword``, whether these lines win or not.

    Which of them wins where takes much longer to find out in a large config, and is not needed if no number
    is worth a report.
    """
    return {
        parsed.value for _, parsed in accepted_lines(keyword.lower(), config) if isinstance(parsed.value, int)
    }


def doubles_interval(config: Config) -> bool:
    """Whether this target's sshd probes only every second interval (9.2 to 9.4)."""
    return release_timing(endpoint_of(config)).doubles_interval


def spacing_of(interval: int, config: Config) -> int:
    """Seconds from one probe to the next with this interval."""
    return probe_spacing(endpoint_of(config, interval))


def interval_to_write(seconds: int, config: Config) -> int:
    """The interval to set for a probe every ``seconds``."""
    return interval_for(seconds, endpoint_of(config))


def disconnects_with_count_in_effect(interval: int, config: Config) -> int | None:
    """Seconds of silence after which the peer is disconnected with this interval; None: never or not known.

    The count is the one in effect for everyone. The answer for 0 is None: another rule fixes that count.
    """
    count = global_value(COUNT_BY_KIND[config.kind].lower(), config).value
    return (
        disconnects_after(endpoint_of(config, interval, count)) if isinstance(count, int) and count else None
    )


def zero_ends_sessions(config: Config) -> bool:
    """Whether a count of 0 makes probes end every idle session."""
    return endpoint_of(config).zero_ends_sessions


def count_beside_interval(config: Config) -> tuple[Intent, ...]:
    """What a fix must set besides an interval for everyone: the default count, for a 0 that ends sessions."""
    keyword = COUNT_BY_KIND[config.kind]
    if not zero_ends_sessions(config) or global_value(keyword.lower(), config).value != 0:
        return ()
    return (SetGlobal(keyword, (str(DEFAULT_COUNT),)),)


def probing_safety(keyword: str, config: Config, *, sets_count: bool = False) -> Safety:
    """Whether it is safe to switch ``keyword`` on: not for an interval with a count of 0 that ends sessions.

    ``sets_count``: the same fix sets the count for everyone, so that only counts in blocks matter. A block in
    which all hosts have an interval already keeps it.
    """
    if keyword != INTERVAL_BY_KIND[config.kind] or not zero_ends_sessions(config):
        return "safe"
    option = keyword.lower()
    for entry, parsed in accepted_lines(COUNT_BY_KIND[config.kind].lower(), config):
        if parsed.value != 0 or (sets_count and universal(entry.block, config.target.release)):
            continue
        from sshkeep.config.sample_clients import values_of_samples

        samples = values_of_samples((option,), entry.block, config).values
        if not samples or not all(values[option] for values in samples):
            return "unsafe"
    return "safe"
