"""One end as its config has it: the settings that idleness hangs on, and the lines that say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.config.evaluate import Evaluated
from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Entry
from sshkeep.config.reading import readings
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, INTERVAL_KEYWORD, Endpoint, Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.openssh.keyword import Kind
from sshkeep.openssh.targets import Target

CONFIG_KIND: dict[Role, Kind] = {"server": "sshd_config", "client": "ssh_config"}
TCP_KEEPALIVE = "TCPKeepAlive"
KEEPALIVE_KEYWORDS: dict[Role, tuple[str, ...]] = {
    role: (INTERVAL_KEYWORD[role], COUNT_KEYWORD[role], TCP_KEEPALIVE) for role in ("server", "client")
}
"""The keywords of which a side is made."""


class EffectiveSetting(NamedTuple):
    """One setting in effect; ``entry`` is None where a default holds.

    ``place`` is where a program's own settings say so, which are no config of OpenSSH's. ``by`` is the line
    that makes the default what it is.
    ``maybe`` are lines of blocks that apply or not: `Match exec` is never run.
    ``elsewhere`` are lines of blocks that do not apply here, but to others.
    """

    keyword: str
    value: str
    entry: Entry | None = None
    maybe: tuple[Entry, ...] = ()
    elsewhere: tuple[Entry, ...] = ()
    place: str = ""
    by: Entry | None = None

    @property
    def where(self) -> str:
        """``path:line`` of what decides; empty where a default holds."""
        return self.entry.directive.where if self.entry else self.place


class EndpointConfig(NamedTuple):
    """One end: what its timers are made of, and where that comes from.

    ``program`` is what reads the config: a target's name, or another program's. ``file`` is empty where no
    config was given and the defaults are taken. ``anybody``: no connection or host was asked for.
    """

    endpoint: Endpoint
    program: str
    file: str
    settings: Mapping[str, EffectiveSetting]
    lines: Mapping[str, tuple[str, ...]]
    """Everything in effect, as `sshkeep.config.evaluate` has it."""
    target: Target | None = None
    config: Config | None = None
    anybody: bool = False
    target_named: bool = False
    """The target was said, so that other commands must be told it, too."""
    by_hand: str = ""
    """Where the interval is set in a program that is not OpenSSH."""


def configured_endpoint(config: Config, evaluated: Evaluated, role: Role, kernel: Kernel) -> EndpointConfig:
    """One end with a config that was evaluated for a connection or a host."""
    told = {keyword: _told(keyword, evaluated, config) for keyword in KEEPALIVE_KEYWORDS[role]}
    side = _side(role, config.target, told, kernel)
    return EndpointConfig(side, config.target.name, config.top, told, evaluated.lines, config.target, config)


def default_endpoint(role: Role, target: Target, kernel: Kernel) -> EndpointConfig:
    """One end of which no config is known."""
    from sshkeep.openssh.defaults import defaults

    lines = defaults(CONFIG_KIND[role], target)
    told = {
        keyword: EffectiveSetting(keyword, lines[keyword.lower()][0]) for keyword in KEEPALIVE_KEYWORDS[role]
    }
    return EndpointConfig(_side(role, target, told, kernel), target.name, "", told, lines, target)


def _told(keyword: str, evaluated: Evaluated, config: Config) -> EffectiveSetting:
    lines, setting = evaluated.lines, evaluated.settings.get(keyword.lower())
    won = setting.won[0][0] if setting and setting.won else None
    maybe = tuple(entry for entry, _ in setting.maybe) if setting else ()
    here = {id(entry) for entry in (won, *maybe)}
    elsewhere = [
        entry
        for entry, _ in readings(keyword.lower(), config)
        if id(entry) not in here and not universal(entry.context, config.target.release)
    ]
    value = lines[keyword.lower()][0]
    batch = evaluated.settings.get("batchmode")
    # Debian's BatchMode yes makes 300 the default of ServerAliveInterval.
    raised = keyword == INTERVAL_KEYWORD["client"] and won is None and value != "0" and batch and batch.won
    by = batch.won[0][0] if batch and raised else None
    return EffectiveSetting(keyword, value, won, maybe, tuple(elsewhere), by=by)


def _side(role: Role, target: Target, told: Mapping[str, EffectiveSetting], kernel: Kernel) -> Endpoint:
    return Endpoint(
        role,
        target.release,
        int(told[INTERVAL_KEYWORD[role]].value),
        int(told[COUNT_KEYWORD[role]].value),
        told[TCP_KEEPALIVE].value not in ("no", "false"),
        kernel,
    )
