"""Keepalive arithmetic that several rules share; figures measured on the real programs."""

from __future__ import annotations

from sshkeep.config.everyone import in_effect
from sshkeep.config.model import Config
from sshkeep.config.reading import readings
from sshkeep.lint.finding import Safety
from sshkeep.openssh.releases import INTERVAL_DOUBLED, SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO

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


def safety_of_probing(keyword: str, config: Config) -> Safety:
    """Whether it is safe to switch the interval ``keyword`` on: not beside a count of 0 that ends sessions.

    serverloop.c client_alive_check before 8.2, clientloop.c server_alive_check in all releases. Once
    the count is mended it is safe.
    """
    never = config.kind == "sshd_config" and config.target.release >= SSHD_NEVER_DISCONNECTS_AT_COUNT_ZERO
    count = COUNT_OF.get(keyword.lower(), "")
    ends = not never and any(reading.value == 0 for _, reading in readings(count, config))
    return "unsafe" if ends else "safe"
