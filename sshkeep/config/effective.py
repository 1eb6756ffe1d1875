"""What is in effect for one connection or host: every setting with the lines that won and lost."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from sshkeep.config.criteria import BadCriteria, criteria_of
from sshkeep.config.everyone import DEBIAN_BATCH_MODE_INTERVAL, DEFAULTS
from sshkeep.config.matching import (
    Asked,
    Connection,
    Truth,
    applies_at_start,
    applies_to_connection,
    applies_to_host,
)
from sshkeep.config.model import Config, Context, Entry
from sshkeep.config.reading import Reading, Value, read_entry
from sshkeep.openssh.releases import NEGATED_FINAL_IS_QUIET


class Setting:
    """One option: the lines in effect (several where lines add up), and the others.

    ``maybe`` are lines under a condition that can't be known; each would win if its block applied.
    """

    __slots__ = ("default", "keyword", "lost", "maybe", "resolved", "won")

    def __init__(self, keyword: str) -> None:
        self.keyword = keyword
        self.won: list[tuple[Entry, Reading]] = []
        self.maybe: list[tuple[Entry, Reading]] = []
        self.lost: list[Lost] = []
        self.default: Value = None
        self.resolved = ""
        """What comes of the value, where that is not its text (HostName with a token)."""

    @property
    def value(self) -> Value:
        """What the winning line says, or the default."""
        return self.won[0][1].value if self.won else self.default


class Lost(NamedTuple):
    """A line that is not in effect, and why."""

    entry: Entry
    reading: Reading
    why: str


NOT_MATCHED = "its block does not apply"
COMES_LATER = "an earlier line wins"
OVERRIDDEN = "a Match block overrides it"


def effective_sshd(config: Config, connection: Connection) -> dict[str, Setting]:
    """Lower-case option to setting, as ``sshd -T -C`` (parse_server_config, then _match_config).

    First the lines outside blocks and in blocks that hold at start, the first one wins; then what
    blocks that apply set, the first one wins, replaces that, lists too.
    """
    start: dict[str, Setting] = {}
    match: dict[str, Setting] = {}
    truths: dict[int, Truth] = {}
    release = config.target.release
    for entry, reading in _valid(config):
        context = entry.context
        if applies_at_start(context, release):
            _take(start, entry, reading)
        if (
            context is None
            or not entry.keyword
            or entry.keyword.in_match is None
            or entry.keyword.in_match > release
        ):
            continue
        if id(context) not in truths:
            truths[id(context)] = applies_to_connection(context, connection, release)
        _take_if(truths[id(context)], match, entry, reading)
    return _with_defaults(_overridden(start, match), config)


def _overridden(start: dict[str, Setting], match: dict[str, Setting]) -> dict[str, Setting]:
    for name, setting in match.items():
        before = start.get(name)
        if before and setting.won:
            won = {id(entry) for entry, _ in setting.won}
            setting.lost += [Lost(*pair, OVERRIDDEN) for pair in before.won if id(pair[0]) not in won]
            setting.lost += before.lost
        elif before:
            setting.won = before.won
            setting.lost += before.lost
    return {**start, **match}


def effective_ssh(config: Config, asked: Asked) -> dict[str, Setting]:
    """Lower-case option to setting, as ``ssh -G`` (process_config_files).

    A ``Match final`` that is met makes ssh read everything a second time, on top of the first.
    """
    settings: dict[str, Setting] = {}
    _pass(config, asked, settings)
    if _wants_final_pass(config):
        asked.host = asked.host.lower()
        asked.final = True
        taken = {id(entry) for setting in settings.values() for entry, _ in setting.won + setting.maybe}
        for setting in settings.values():
            setting.lost.clear()
        _pass(config, asked, settings, taken)
    hostname = settings.setdefault("hostname", Setting("hostname"))
    hostname.default, hostname.resolved = asked.original_host, asked.host.lower()
    return _with_defaults(settings, config)


def _pass(config: Config, asked: Asked, settings: dict[str, Setting], taken: Container[int] = ()) -> None:
    truths: dict[int, Truth] = {}
    for entry, reading in _valid(config):
        truth = True if entry.context is None else _truth(entry.context, asked, config, truths)
        if id(entry) in taken or (asked.final and _name(entry) == "hostname"):
            continue  # ssh.c fills in HostName between the passes, so the second takes none
        if _take_if(truth, settings, entry, reading):
            _learn(entry, reading, asked)


def _truth(context: Context, asked: Asked, config: Config, known: dict[int, Truth]) -> Truth:
    """A block's truth is settled where its header is met, so it is asked for once a pass."""
    if id(context) not in known:
        outer = True if context.outer is None else _truth(context.outer, asked, config, known)
        own = applies_to_host(context, asked, config.target.release)
        known[id(context)] = (
            False if outer is False or own is False else None if None in (outer, own) else True
        )
    return known[id(context)]


def _wants_final_pass(config: Config) -> bool:
    """readconf.c match_cfg_line: a ``final`` that is read, applying or not, asks for a second pass."""
    quiet = config.target.release >= NEGATED_FINAL_IS_QUIET
    return any(_says_final(context, quiet) for context in config.headers)


def _says_final(context: Context, quiet: bool) -> bool:
    try:
        return any(c.name == "final" and not (c.negated and quiet) for c in criteria_of(context))
    except BadCriteria:
        return False


def _learn(entry: Entry, reading: Reading, asked: Asked) -> None:
    """HostName, User and Tag feed the Match lines that follow (readconf.c match_cfg_line)."""
    name, text = _name(entry), reading.words[0].text if reading.words else ""
    if name == "hostname":
        asked.host = text.replace("%h", asked.original_host).replace("%%", "%")
    elif name == "user":
        asked.user = asked.user or text
    elif name == "tag":
        asked.tag = asked.tag or text


def _valid(config: Config) -> list[tuple[Entry, Reading]]:
    pairs = [(entry, read_entry(entry, config)) for entry in config.entries if entry.keyword]
    return [
        (e, r) for e, r in pairs if not r.problem and e.keyword and e.keyword.type not in ("globs", "ignored")
    ]


def _name(entry: Entry) -> str:
    return entry.keyword.meaning if entry.keyword else entry.directive.line.name.lower()


def _take_if(truth: Truth, settings: dict[str, Setting], entry: Entry, reading: Reading) -> bool:
    """Whether the line took effect."""
    setting = settings.setdefault(_name(entry), Setting(_name(entry)))
    if truth is False:
        setting.lost.append(Lost(entry, reading, NOT_MATCHED))
        return False
    if truth is None:
        if not setting.won:
            setting.maybe.append((entry, reading))
        else:
            setting.lost.append(Lost(entry, reading, COMES_LATER))
        return False
    return _take(settings, entry, reading)


def _take(settings: dict[str, Setting], entry: Entry, reading: Reading) -> bool:
    setting = settings.setdefault(_name(entry), Setting(_name(entry)))
    adds = entry.keyword is not None and entry.keyword.adds
    if reading.value is None and reading.words and not adds:
        return False
    if setting.won and not adds:
        setting.lost.append(Lost(entry, reading, COMES_LATER))
        return False
    setting.won.append((entry, reading))
    return True


def _with_defaults(settings: dict[str, Setting], config: Config) -> dict[str, Setting]:
    side = "client" if config.kind == "sshd_config" else "server"
    for name, value in DEFAULTS.items():
        if name.startswith(side) or name == "tcpkeepalive":
            settings.setdefault(name, Setting(name)).default = value
    batch = settings.get("batchmode")
    if config.target.vendor == "debian" and batch and batch.value == "yes":
        settings["serveraliveinterval"].default = DEBIAN_BATCH_MODE_INTERVAL
    return settings
