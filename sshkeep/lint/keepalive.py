"""What the keepalive rules ask about a config; the figures are those of the idle model."""

from __future__ import annotations

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import Intent, SetGlobal
from sshkeep.idle.model.endpoint import CONFIG_KIND, COUNT_KEYWORD, INTERVAL_KEYWORD, ROLES, Endpoint
from sshkeep.idle.model.probe_spacing import DEFAULT_SPACING
from sshkeep.idle.model.timers import disconnects_after, interval_for, probe_spacing, release_timing
from sshkeep.lint.finding import Safety
from sshkeep.lint.rule import Spacing
from sshkeep.openssh.kind import Kind

INTERVALS: dict[Kind, str] = {CONFIG_KIND[role]: INTERVAL_KEYWORD[role] for role in ROLES}
"""The keyword of the interval in each language."""

SPACING = Spacing(DEFAULT_SPACING)
"""The option ``seconds`` of rules that write an interval."""

COUNT_OF = {INTERVAL_KEYWORD[role].lower(): COUNT_KEYWORD[role] for role in ROLES}
"""The keyword of the count that goes with an interval."""

MISSING_INTERVAL = (
    "client-alive-interval",
    "server-alive-interval",
    "tcp-keep-alive",
    "batch-without-keepalive",
    "tunnel-without-keepalive",
    "master-without-keepalive",
    "count-without-interval",
    "no-liveness",
)
"""Rules that tell what comes of an interval that is off, each more telling than those before it."""


def less_telling(rule: str) -> tuple[str, ...]:
    """The rules of MISSING_INTERVAL before this one: where both speak, it explains them."""
    return MISSING_INTERVAL[: MISSING_INTERVAL.index(rule)]


def endpoint_of(config: Config, interval: int = 0, count: int = 3) -> Endpoint:
    """The endpoint that reads this config, with these values."""
    role = next(role for role in ROLES if CONFIG_KIND[role] == config.kind)
    return Endpoint(role, config.target.release, interval, count)


def doubled(config: Config) -> bool:
    """Whether sshd of this target probes only every second interval."""
    return release_timing(endpoint_of(config)).doubles_interval


def spacing_of(interval: int, config: Config) -> int:
    """Seconds from one probe to the next with this interval."""
    return probe_spacing(endpoint_of(config, interval))


def interval_to_write(seconds: int, config: Config) -> int:
    """The interval with which probes go out every ``seconds``."""
    return interval_for(seconds, endpoint_of(config))


def disconnects_with_count_in_effect(interval: int, config: Config) -> int | None:
    """Seconds of silence after which the peer is disconnected with this interval; None: never or not known.

    The count is the one in effect for everyone. The answer for 0 is None: another rule fixes that count.
    """
    count = global_value(COUNT_OF[INTERVALS[config.kind].lower()].lower(), config).value
    return (
        disconnects_after(endpoint_of(config, interval, count)) if isinstance(count, int) and count else None
    )


def zero_ends_sessions(config: Config) -> bool:
    """Whether a count of 0 makes probes end every idle session."""
    return endpoint_of(config).zero_ends_sessions


def harmless_count(config: Config) -> tuple[Intent, ...]:
    """What must be set beside an interval for everyone: the default, for a count of 0 that ends sessions."""
    keyword = COUNT_OF[INTERVALS[config.kind].lower()]
    if not zero_ends_sessions(config) or global_value(keyword.lower(), config).value != 0:
        return ()
    return (SetGlobal(keyword, ("3",)),)


def safety_of_probing(keyword: str, config: Config, *, mended: bool = False) -> Safety:
    """Whether it is safe to switch ``keyword`` on: an interval is not beside a count of 0 that ends sessions.

    ``mended``: the count for everyone is set by the same fix, so that only those of blocks matter.
    """
    if keyword != INTERVALS[config.kind] or not zero_ends_sessions(config):
        return "safe"
    zeros = [
        entry
        for entry, parsed in accepted_lines(COUNT_OF[INTERVALS[config.kind].lower()].lower(), config)
        if parsed.value == 0 and not (mended and universal(entry.block, config.target.release))
    ]
    return "unsafe" if zeros else "safe"
