"""Keepalive arithmetic that several rules share; figures measured on the real programs."""

from __future__ import annotations

from sshkeep.config.everyone import in_effect
from sshkeep.config.model import Config
from sshkeep.openssh.releases import INTERVAL_DOUBLED

COUNT_OF = {
    "clientaliveinterval": "clientalivecountmax",
    "serveraliveinterval": "serveralivecountmax",
}


def doubled(config: Config) -> bool:
    """Whether sshd of this target probes only every second interval."""
    first, last = INTERVAL_DOUBLED
    return config.kind == "sshd_config" and first <= config.target.release <= last


def interval_to_write(seconds: int, config: Config) -> int:
    """The value that makes probes go out every ``seconds``."""
    return max(seconds // 2, 1) if doubled(config) else seconds


def gives_up_after(keyword: str, interval: int, config: Config) -> int | None:
    """Seconds of silence after which the peer is dropped; None for never.

    (CountMax + 1) x interval from the last packet, twice that where sshd doubles it. A count of 0
    means never in sshd from 8.2 on; the fix for it is another rule's.
    """
    count = in_effect(COUNT_OF[keyword.lower()], config).value
    if not isinstance(count, int) or count == 0:
        return None
    return (count + 1) * interval * (2 if doubled(config) else 1)
