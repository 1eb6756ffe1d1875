"""Someone whom a block is for, made up from its conditions, and what he gets.

`alone` says what a block means by itself; other blocks that are for the same people may decide before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sshkeep.config.alone import alone
from sshkeep.config.criteria import HOST_LINE, BadCriteria, Criterion, criteria_of
from sshkeep.config.everyone import DEBIAN_BATCH_MODE_INTERVAL, DEFAULTS
from sshkeep.config.matching import Asked, Connection, applies_to_connection, applies_to_host, universal
from sshkeep.config.model import Config, Context
from sshkeep.config.setting import Setting
from sshkeep.openssh.values.given import Value

Values = dict[str, Value]

MOST = 8
"""How many people are thought of for one block."""
WORK_LIMIT = 300_000
"""How many lines are read for all of them together; then nobody is thought of any more."""
STRANGER = "someone-else"
"""A name that no config is about."""
ELSEWHERE = "203.0.113.77"
_NAMED = {HOST_LINE: "host", "originalhost": "host", "localuser": "localuser", "address": "addr"}
_FIELDS = {**_NAMED, "host": "host", "user": "user", "group": "groups"}
_ANYWAY = ("all", "version")


def settled(meanings: Iterable[str], context: Context | None, config: Config) -> Iterator[Values]:
    """The values of options (lower case, first one wins) for some whom the block is for.

    Nothing for conditions that nobody can be made up for, and where a value hangs on what can't be known.
    """
    wanted = tuple(meanings)
    if universal(context, config.target.release):
        found = {name: alone(name, context, config) for name in wanted}
        if all(effect.certain for effect in found.values()):
            yield {name: effect.value for name, effect in found.items()}
    elif context is not None and not config.unread and not config.fragment:
        for settings in _settings(context, config):
            if not any(name in settings and settings[name].maybe for name in (*wanted, "batchmode")):
                yield {name: _value(name, settings, config) for name in wanted}


def contradicted(values: Mapping[str, Value], context: Context | None, config: Config) -> bool:
    """Whether others than ``values`` are in effect for all who could be made up for the block."""
    found = list(settled(values, context, config))
    return bool(found) and values not in found


def _value(name: str, settings: Mapping[str, Setting], config: Config) -> Value:
    if name in settings and settings[name].won:
        return settings[name].value
    batch = settings.get("batchmode")
    if name == "serveraliveinterval" and config.target.vendor == "debian" and batch and batch.value == "yes":
        return DEBIAN_BATCH_MODE_INTERVAL
    return DEFAULTS.get(name)


def _settings(context: Context, config: Config) -> Iterator[Mapping[str, Setting]]:
    from sshkeep.config.effective_ssh import effective_ssh
    from sshkeep.config.effective_sshd import effective_sshd

    release = config.target.release
    for given in _people(context):
        work = config.memo.get("witness work", 0)
        assert isinstance(work, int)
        if work > WORK_LIMIT:
            return
        config.memo["witness work"] = work + len(config.entries)
        if config.kind == "sshd_config":
            who = _connection(given)
            if applies_to_connection(context, who, release) is True:
                yield effective_sshd(config, who)
        else:
            asked = _asked(given)
            if all(applies_to_host(link, asked, release) is True for link in context.chain()):
                yield effective_ssh(config, _asked(given))


def _connection(given: Mapping[str, str]) -> Connection:
    user, host = given.get("user", STRANGER), given.get("host", STRANGER)
    groups = (given["groups"],) if "groups" in given else ()
    return Connection(user, host, given.get("addr", ELSEWHERE), ELSEWHERE, 1, "", groups)


def _asked(given: Mapping[str, str]) -> Asked:
    return Asked(given.get("host", STRANGER), given.get("user"), given.get("localuser", STRANGER))


def _people(context: Context) -> list[dict[str, str]]:
    """What is known of each, one for each pattern of the last condition; nobody where that can't be."""
    try:
        criteria = [criterion for link in context.chain() for criterion in criteria_of(link)]
    except BadCriteria:
        return []
    told = [criterion for criterion in criteria if criterion.name not in _ANYWAY]
    if any(criterion.negated or criterion.name not in _FIELDS for criterion in told) or not told:
        return []
    common = {_FIELDS[c.name]: name for c in told[:-1] for name in _names(c)[:1]}
    return [{**common, _FIELDS[told[-1].name]: name} for name in _names(told[-1])[:MOST]]


def _names(criterion: Criterion) -> list[str]:
    texts = [pattern for pattern in criterion.patterns if not pattern.startswith("!")]
    if criterion.name == "address":
        return [text.partition("/")[0] for text in texts]
    return [text.replace("*", STRANGER).replace("?", "x") for text in texts]
