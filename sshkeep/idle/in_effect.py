"""One end as its config has it: the settings that idleness hangs on, and the lines that say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.config.blocks.matching import universal
from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.idle.kernel import Kernel
from sshkeep.idle.side import COUNT, INTERVAL, Role, Side
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.targets import Target

KIND: dict[Role, Kind] = {"server": "sshd_config", "client": "ssh_config"}
TCP = "TCPKeepAlive"
KEEPALIVE: dict[Role, tuple[str, ...]] = {
    role: (INTERVAL[role], COUNT[role], TCP) for role in ("server", "client")
}
"""The keywords of which a side is made."""


class Told(NamedTuple):
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


class Known(NamedTuple):
    """One end: what its timers are made of, and where that comes from.

    ``program`` is what reads the config: a target's name, or another program's. ``file`` is empty where no
    config was given and the defaults are taken. ``anybody``: no connection or host was asked for.
    """

    side: Side
    program: str
    file: str
    told: Mapping[str, Told]
    lines: Mapping[str, tuple[str, ...]]
    """Everything in effect, as `sshkeep.config.effective.evaluate` has it."""
    target: Target | None = None
    config: Config | None = None
    anybody: bool = False
    target_named: bool = False
    """The target was said, so that other commands must be told it, too."""
    by_hand: str = ""
    """Where the interval is set in a program that is not OpenSSH."""


def known(config: Config, evaluated: Evaluated, role: Role, kernel: Kernel) -> Known:
    """One end with a config that was evaluated for a connection or a host."""
    told = {keyword: _told(keyword, evaluated, config) for keyword in KEEPALIVE[role]}
    side = _side(role, config.target, told, kernel)
    return Known(side, config.target.name, config.top, told, evaluated.lines, config.target, config)


def by_default(role: Role, target: Target, kernel: Kernel) -> Known:
    """One end of which no config is known."""
    from sshkeep.openssh.tables.defaults import defaults

    lines = defaults(KIND[role], target)
    told = {keyword: Told(keyword, lines[keyword.lower()][0]) for keyword in KEEPALIVE[role]}
    return Known(_side(role, target, told, kernel), target.name, "", told, lines, target)


def _told(keyword: str, evaluated: Evaluated, config: Config) -> Told:
    lines, setting = evaluated.lines, evaluated.settings.get(keyword.lower())
    won = setting.won[0].entry if setting and setting.won else None
    maybe = tuple(line.entry for line in setting.maybe) if setting else ()
    here = {entry.index for entry in (won, *maybe) if entry}
    elsewhere = [
        entry
        for entry, _ in accepted_lines(keyword.lower(), config)
        if entry.index not in here and not universal(entry.block, config.target.release)
    ]
    value = lines[keyword.lower()][0]
    raised = precedence(keyword.lower(), config.kind).raised_for(config.target)
    cause = evaluated.settings.get(raised.option) if raised and won is None else None
    by = cause.won[0].entry if cause and raised and cause.value == raised.value else None
    return Told(keyword, value, won, maybe, tuple(elsewhere), by=by)


def _side(role: Role, target: Target, told: Mapping[str, Told], kernel: Kernel) -> Side:
    return Side(
        role,
        target.release,
        int(told[INTERVAL[role]].value),
        int(told[COUNT[role]].value),
        told[TCP].value not in ("no", "false"),
        kernel,
    )
