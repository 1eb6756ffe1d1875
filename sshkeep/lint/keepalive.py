"""Keepalive arithmetic that several rules share; figures measured on the real programs."""

from __future__ import annotations

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import Intent, SetGlobal
from sshkeep.idle.side import Side
from sshkeep.idle.spacing import EVERY
from sshkeep.idle.timing import spacing, timing_of
from sshkeep.lint.finding import Safety
from sshkeep.lint.rule import Spacing
from sshkeep.openssh.kind import Kind

INTERVALS: dict[Kind, str] = {"sshd_config": "ClientAliveInterval", "ssh_config": "ServerAliveInterval"}
"""The keepalive of each side."""

SPACING = Spacing(EVERY)
"""The option ``seconds`` of rules that write an interval."""

COUNT_OF = {
    "clientaliveinterval": "ClientAliveCountMax",
    "serveraliveinterval": "ServerAliveCountMax",
}

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


def _side(config: Config, interval: int = 0) -> Side:
    return Side("server" if config.kind == "sshd_config" else "client", config.target.release, interval)


def doubled(config: Config) -> bool:
    """Whether sshd of this target probes only every second interval."""
    return timing_of(_side(config)).doubled


def spacing_of(interval: int, config: Config) -> int:
    """Seconds from one probe to the next that this value makes."""
    return spacing(_side(config, interval))


def interval_to_write(seconds: int, config: Config) -> int:
    """The value that makes probes go out every ``seconds``."""
    return max(seconds // 2, 1) if doubled(config) else seconds


def gives_up_after(keyword: str, interval: int, config: Config) -> int | None:
    """Seconds of silence after which the peer is dropped; None for never.

    (CountMax + 1) x interval from the last packet, twice that where sshd doubles it. A count of 0
    means never in sshd from 8.2 on; the fix for it is another rule's.
    """
    count = global_value(COUNT_OF[keyword.lower()].lower(), config).value
    if not isinstance(count, int) or count == 0:
        return None
    return (count + 1) * spacing_of(interval, config)


def zero_ends_sessions(config: Config) -> bool:
    """Whether a count of 0 makes probes end every idle session."""
    return _side(config).zero_ends_sessions


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
