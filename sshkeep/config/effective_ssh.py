"""What ssh would use for one host: every setting with the lines that won and lost."""

from __future__ import annotations

from collections.abc import Container

from sshkeep.config.afterwards import canonical
from sshkeep.config.criteria import BadCriteria, criteria_of
from sshkeep.config.effective_sshd import Settings, take_if
from sshkeep.config.matching import Asked, Truth, applies_to_host
from sshkeep.config.model import Config, Context, Entry
from sshkeep.config.reading import Reading, read_entry, stops
from sshkeep.config.setting import SWITCHED_OFF, Lost, Setting, last_wins, leaks
from sshkeep.config.tokens import BadToken, percent_expanded
from sshkeep.openssh.keyword import Keyword
from sshkeep.openssh.patterns import match_list
from sshkeep.openssh.releases import (
    JUMP_COMMENTS,
    JUMP_NONE_IN_DEBIAN,
    JUMP_NONE_IS_QUIET,
    LISTS_ON_THE_SIDE,
    NEGATED_FINAL_IS_QUIET,
    NEWEST,
    Release,
)
from sshkeep.openssh.values.lists import MOST_WORDS


def effective_ssh(config: Config, asked: Asked) -> Settings:
    """The settings of ``ssh -G`` (process_config_files).

    A ``Match final`` that is met makes ssh read everything a second time, on top of the first. Lines in
    blocks that do not apply are not even looked at: a file may be large.
    """
    settings: Settings = {}
    _pass(config, asked, settings)
    if wants_final_pass(config):
        asked.host = canonical(asked.host)
        asked.final = True
        taken = {id(entry) for setting in settings.values() for entry, _ in setting.won + setting.maybe}
        for setting in settings.values():
            setting.lost.clear()
        _pass(config, asked, settings, taken)
        for setting in settings.values():
            won = {id(entry) for entry, _ in setting.won}
            setting.lost = [lost for lost in setting.lost if id(lost.entry) not in won]
    for name, until in _AT_MOST.items():
        words = settings[name].value if name in settings and config.target.release < until else ()
        if isinstance(words, tuple) and len(words) > MOST_WORDS:
            asked.refusing.append((settings[name].won[0][0], f"more than {MOST_WORDS} words", stops(config)))
    return settings


_AFTER_ALL = Release(NEWEST.major + 1, 0)
_AT_MOST = {
    "canonicaldomains": LISTS_ON_THE_SIDE,
    "canonicalizepermittedcnames": LISTS_ON_THE_SIDE,
    "globalknownhostsfile": _AFTER_ALL,
    "userknownhostsfile": _AFTER_ALL,
}
"""readconf.c: lists with room for some words only, until which release; counted as they are taken."""


def _pass(config: Config, asked: Asked, settings: Settings, taken: Container[int] = ()) -> None:
    truths: dict[int, Truth] = {}
    release = config.target.release
    for entry in config.entries:
        row = entry.keyword
        if row is None:
            _judge_unknown(entry, asked, settings)
            continue
        everyone = entry.context is None or leaks(config.kind, row.meaning, release)
        truth = True if everyone or not entry.context else _truth(entry.context, asked, config, truths)
        if truth is False or row.type in ("globs", "ignored"):
            continue
        again = row.meaning == "sendenv" or last_wins(config.kind, row.meaning, release)
        taken_before = id(entry) in taken and not again
        if taken_before or (asked.final and row.meaning in _FILLED_IN_BETWEEN):
            continue
        reading = read_entry(entry, config)
        if row.meaning == "refuseconnection" and truth and reading.words:
            asked.refusing.append((entry, f"it refuses the connection: {reading.words[0].text}", True))
        if not reading.problem or row.meaning == "ignoreunknown":
            _take(truth, entry, row, reading, settings, asked, config)


_FILLED_IN_BETWEEN = (
    "hostname",
    "canonicalizefallbacklocal",
    "canonicalizehostname",
    "canonicalizemaxdots",
)
"""ssh.c main and fill_default_options_for_canonicalization set these before the second pass."""


def _take(
    truth: Truth,
    entry: Entry,
    row: Keyword,
    reading: Reading,
    settings: Settings,
    asked: Asked,
    config: Config,
) -> None:
    setting = settings.setdefault(row.meaning, Setting(row.meaning))
    off = _switched_off_by(row, reading, settings, config)
    if off and truth:
        setting.lost.append(Lost(entry, reading, SWITCHED_OFF.format(off)))
    elif take_if(truth, setting, entry, reading, config):
        asked.taken.setdefault(id(entry), len(asked.taken))
        _learn(row.meaning, reading, asked)


def _judge_unknown(entry: Entry, asked: Asked, settings: Settings) -> None:
    """readconf.c parse_token: excused by the IgnoreUnknown that is in effect so far, in any block."""
    excuse = settings.get("ignoreunknown")
    patterns = str(excuse.value).lower().split(",") if excuse and excuse.won else []
    if not asked.final and not match_list(entry.directive.line.name.lower(), tuple(patterns)):
        asked.unknown.append(entry)


def _switched_off_by(row: Keyword, reading: Reading, settings: Settings, config: Config) -> str:
    """readconf.c parse_jump: of ProxyJump and ProxyCommand the first switches the other off."""
    other = {"proxyjump": "ProxyCommand", "proxycommand": "ProxyJump"}.get(row.meaning, "")
    before = settings.get(other.lower())
    if before is None or not before.won:
        return ""
    if row.meaning == "proxycommand":
        return other if before.value or not _jump_none_is_quiet(config) else ""
    quiet = reading.value == "" and config.target.release >= JUMP_COMMENTS
    return "" if quiet else other


def _jump_none_is_quiet(config: Config) -> bool:
    """readconf.c oProxyCommand: before, it was skipped behind any ProxyJump; Debian has it since 9.2."""
    release = config.target.release
    return release >= (JUMP_NONE_IN_DEBIAN if config.target.vendor == "debian" else JUMP_NONE_IS_QUIET)


def _truth(context: Context, asked: Asked, config: Config, known: dict[int, Truth]) -> Truth:
    """A block's truth is settled where its header is met, so it is asked for once a pass."""
    if id(context) not in known:
        outer = True if context.outer is None else _truth(context.outer, asked, config, known)
        own = _own_truth(context, asked, config, known)
        known[id(context)] = (
            False if outer is False or own is False else None if None in (outer, own) else True
        )
    return known[id(context)]


def _own_truth(context: Context, asked: Asked, config: Config, known: dict[int, Truth]) -> Truth:
    """readconf.c: a line that ssh refuses leaves it as it was, in or out of the block before."""
    try:
        criteria_of(context)
    except BadCriteria:
        before = context.before
        return True if before is None else known.get(id(before), True)
    return applies_to_host(context, asked, config.target.release)


def wants_final_pass(config: Config) -> bool:
    """Whether ssh reads its files twice.

    readconf.c match_cfg_line: a ``final`` that is read, applying or not, asks for it.
    """
    quiet = config.target.release >= NEGATED_FINAL_IS_QUIET
    return any(_says_final(context, quiet) for context in config.headers)


def _says_final(context: Context, quiet: bool) -> bool:
    try:
        return any(c.name == "final" and not (c.negated and quiet) for c in criteria_of(context))
    except BadCriteria:
        return False


def _learn(name: str, reading: Reading, asked: Asked) -> None:
    """HostName, User and Tag feed the Match lines that follow (readconf.c match_cfg_line)."""
    text = str(reading.value)
    if name == "hostname":
        try:
            asked.host = percent_expanded(text, {"h": asked.original_host})
        except BadToken as error:
            asked.problem = f"HostName {text}: {error}"
    elif name == "user":
        asked.user = asked.user or text
    elif name == "sessiontype" and text in ("none", "subsystem"):
        asked.session = text
    elif name == "tag":
        asked.tag = asked.tag or text
