"""What sshd would use for one connection: every setting with the lines that won and lost."""

from __future__ import annotations

from sshkeep.config.matching import Connection, Truth, applies_at_start, applies_to_connection
from sshkeep.config.model import Config, Entry
from sshkeep.config.reading import Reading, all_readings, read_entry
from sshkeep.config.setting import (
    COMES_LATER,
    NOT_MATCHED,
    OVERRIDDEN,
    OVERWRITTEN,
    SETS_NOTHING,
    SWITCHED_OFF,
    Lost,
    Setting,
)
from sshkeep.openssh.keyword import Keyword
from sshkeep.openssh.releases import PRINCIPALS_COMMAND_MIXED_UP, SET_ENV_IN_MATCH

Settings = dict[str, Setting]
"""Lower-case name of the option to its setting."""


def effective_sshd(config: Config, connection: Connection) -> Settings:
    """The settings of ``sshd -T -C`` (parse_server_config, then parse_server_match_config).

    What blocks that apply set, the first one wins, replaces what held at start, lists too.
    """
    match: Settings = {}
    truths: dict[int, Truth] = {}
    release = config.target.release
    for entry in config.entries:
        row, context = entry.keyword, entry.context
        if context is None or row is None or row.in_match is None or row.in_match > release:
            continue
        if release < SET_ENV_IN_MATCH and row.meaning == "setenv":
            continue
        if id(context) not in truths:
            truths[id(context)] = applies_to_connection(context, connection, release)
        if truths[id(context)] is not False:
            _take_if(truths[id(context)], match, entry, row, config)
    return _overridden(settings_at_start(config), match)


def settings_at_start(config: Config) -> Settings:
    """What sshd starts with: lines outside blocks and in blocks that hold at start, the first one wins."""
    start: Settings = {}
    for entry in config.entries:
        if entry.keyword and applies_at_start(entry.context, config.target.release):
            _take_if(True, start, entry, entry.keyword, config)
    return start


def _take_if(truth: Truth, settings: Settings, entry: Entry, row: Keyword, config: Config) -> None:
    reading = read_entry(entry, config)
    if reading.problem or row.type in ("globs", "ignored"):
        return
    setting = settings.setdefault(row.meaning, Setting(row.meaning))
    if truth and row.name == "AuthorizedPrincipalsCommand" and _mixed_up(config):
        keys = settings.get("authorizedkeyscommand")
        if keys and keys.won:
            setting.lost.append(Lost(entry, reading, SWITCHED_OFF.format("AuthorizedKeysCommand")))
            return
        setting.lost += [Lost(*pair, OVERWRITTEN) for pair in setting.won]
        setting.won.clear()
    take_if(truth, setting, entry, reading, config)


def _mixed_up(config: Config) -> bool:
    """servconf.c parse_command asked whether AuthorizedKeysCommand was set, for both commands."""
    first, last = PRINCIPALS_COMMAND_MIXED_UP
    return first <= config.target.release <= last


def take_if(truth: Truth, setting: Setting, entry: Entry, reading: Reading, config: Config) -> bool:
    """Whether the line took effect, given whether its block applies (True, or None where unknown)."""
    if truth:
        return setting.take(entry, reading, config.kind, config.target.release)
    if setting.won:
        setting.lost.append(Lost(entry, reading, COMES_LATER))
    else:
        setting.maybe.append((entry, reading))
    return False


def losers(meaning: str, setting: Setting | None, config: Config) -> list[Lost]:
    """The lines of an option that are not in effect, in order, those of blocks that do not apply, too."""
    lost = list(setting.lost) if setting else []
    known = {id(each.entry) for each in lost}
    if setting:
        known.update(id(entry) for entry, _ in setting.won + setting.maybe)
    for entry, reading in all_readings(meaning, config):
        if id(entry) not in known and not reading.problem:
            # `ServerAliveInterval none` is as good as no line.
            lost.append(Lost(entry, reading, SETS_NOTHING if reading.value is None else NOT_MATCHED))
    return sorted(lost, key=lambda each: config.position(each.entry))


def _overridden(start: Settings, match: Settings) -> Settings:
    """servconf.c copy_set_server_options; the parts of a value are merged by name."""
    for name, setting in match.items():
        setting.in_match = bool(setting.won)
        before = start.get(name)
        if before is None:
            continue
        setting.lost += before.lost
        if not setting.won:
            setting.won, setting.parts = before.won, before.parts
            setting.adds, setting.members = before.adds, before.members
            continue
        # copy_subsystem takes the place of all; only then is merged, which changes nothing any more.
        merged = {} if name == "subsystem" else before.parts
        kept = set(merged) - set(setting.parts)
        setting.parts = {**merged, **setting.parts}
        mine = {id(entry) for entry, _ in setting.won}
        for entry, reading in before.won:
            if kept and kept & set(reading.value if isinstance(reading.value, dict) else ()):
                setting.won.append((entry, reading))
            elif id(entry) not in mine:
                setting.lost.append(Lost(entry, reading, OVERRIDDEN))
    return {**start, **match}
