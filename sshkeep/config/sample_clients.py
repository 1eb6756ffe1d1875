"""Clients that are made up to fit a block, and the values that they get.

`value_in_block` is what a block means by itself; another block that fits the same client may decide before
it. Whether one does is found out here, with a sample client for each of the block's patterns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sshkeep.config.blocks.block_index import BlockIndex, host_names
from sshkeep.config.blocks.clients import Connection, HostQuery, SshState
from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, parse_criteria
from sshkeep.config.blocks.matching import applies_to_connection, applies_to_host, universal, wants_final_pass
from sshkeep.config.precedence.global_value import in_effect
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.obtained import Setting, SettingsByOption
from sshkeep.config.precedence.order import lines_for_everyone, order
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple
from sshkeep.openssh.addresses import canonical_host
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.values.arguments import Value

Values = dict[str, Value]
"""By option."""

MOST_CLIENTS = 8
"""Clients that are made up for one block."""
MOST_BLOCKS = 400
"""Blocks that may apply to one client; with more, nothing is reported about the client."""
STRANGER = "someone-else"
"""A name that no config is about."""
ELSEWHERE = "203.0.113.77"
_FIELDS = {
    HOST_LINE: "host",
    "originalhost": "host",
    "host": "host",
    "localuser": "localuser",
    "user": "user",
    "group": "group",
    "address": "addr",
}
"""Criteria that a client can be made up for, and what of the client they are about."""
_FIT_ALL = ("all", "version")
_CHANGE_MATCHING = ("hostname", "user", "sessiontype", "tag")
"""Options of ssh of which the value decides which later blocks apply."""

SampleClient = tuple[tuple[str, str], ...]
"""What is known of a client: name of the field and text."""


class Samples(NamedTuple):
    """The values that each sample client gets. There are none for criteria that no client can be made for.

    ``complete`` is False where there are too many blocks to find out.
    """

    values: tuple[Values, ...]
    complete: bool = True


def values_of_samples(options: Iterable[str], block: Block | None, config: Config) -> Samples:
    """The values of ``options`` (lower case, each with one value) for clients that fit the block.

    A client is left out where a value depends on what can't be known.
    """
    wanted = tuple(options)
    if universal(block, config.target.release):
        found = {option: value_in_block(option, block, config) for option in wanted}
        certain = all(effect.certain for effect in found.values())
        return Samples(({option: effect.value for option, effect in found.items()},) if certain else ())
    if block is None or config.unread or config.fragment:
        return Samples(())
    values: list[Values] = []
    for client in _clients(block):
        settings = _settings_of(client, wanted, config)
        if settings is None:
            _note_too_many(config)
            return Samples((), complete=False)
        in_doubt = any(settings[name].maybe for name in _with_raised(wanted, config) if name in settings)
        if _fits(client, block, config) and not in_doubt:
            values.append(_values(wanted, settings, config))
    return Samples(tuple(values))


def contradicted(values: Mapping[str, Value], block: Block | None, config: Config) -> bool:
    """Whether no sample client of the block gets ``values``, or that can't be found out."""
    samples = values_of_samples(values, block, config)
    return not samples.complete or (bool(samples.values) and values not in samples.values)


def _note_too_many(config: Config) -> None:
    text = (
        f"{config.top}: more than {MOST_BLOCKS} blocks may apply to one client; what some blocks do to the "
        "keepalive of others is not reported"
    )
    if text not in config.notes:
        config.notes.append(text)


def _values(options: Iterable[str], settings: SettingsByOption, config: Config) -> Values:
    def value_of(option: str) -> Value:
        return in_effect(settings.get(option) or Setting(option), config, value_of).value

    return {option: value_of(option) for option in options}


def _clients(block: Block) -> list[SampleClient]:
    """A client for each pattern of the last condition; none where that is impossible."""
    try:
        criteria = [criterion for link in block.chain() for criterion in parse_criteria(link)]
    except BadCriteria:
        return []
    required = [criterion for criterion in criteria if criterion.name not in _FIT_ALL]
    if any(criterion.negated or criterion.name not in _FIELDS for criterion in required) or not required:
        return []
    known = {_FIELDS[c.name]: name for c in required[:-1] for name in _names(c.name, c.patterns)[:1]}
    last = required[-1]
    names = _names(last.name, last.patterns)[:MOST_CLIENTS]
    return [tuple({**known, _FIELDS[last.name]: name}.items()) for name in names]


def _names(criterion: str, patterns: Iterable[str]) -> list[str]:
    texts = [pattern for pattern in patterns if not pattern.startswith("!")]
    if criterion == "address":
        return [text.partition("/")[0] for text in texts]
    return [text.replace("*", STRANGER).replace("?", "x") for text in texts]


def _fits(client: SampleClient, block: Block, config: Config) -> bool:
    release = config.target.release
    if config.kind == "sshd_config":
        return applies_to_connection(block, _connection(client), release) is True
    state = SshState(_query(client))
    return all(applies_to_host(link, state, release) is True for link in block.chain())


def _connection(client: SampleClient) -> Connection:
    known = dict(client)
    user, host = known.get("user", STRANGER), known.get("host", STRANGER)
    groups = (known["group"],) if "group" in known else ()
    return Connection(user, host, known.get("addr", ELSEWHERE), ELSEWHERE, 1, "", groups)


def _query(client: SampleClient) -> HostQuery:
    known = dict(client)
    return HostQuery(known.get("host", STRANGER), known.get("user"), known.get("localuser", STRANGER))


@cached_answer
def _settings_of(client: SampleClient, options: tuple[str, ...], config: Config) -> SettingsByOption | None:
    """The settings that decide ``options``; None where too many blocks may apply."""
    from sshkeep.config.effective.ssh import effective_ssh
    from sshkeep.config.effective.sshd import effective_sshd

    if config.kind == "sshd_config":
        who = _connection(client)
        names = {"user": (str(who.user),), "group": who.groups or ()}
        entries = _entries(names, options, config)
        return None if entries is None else effective_sshd(config, who, entries)
    query = _query(client)
    entries = _entries(host_names(query.host, query.local_user), options, config)
    if entries is not None and wants_final_pass(config):
        # The second pass compares Host lines with the name that HostName gave.
        final = canonical_host(effective_ssh(config, query, entries).state.host)
        entries = _entries(host_names(query.host, query.local_user, final), options, config)
    return None if entries is None else effective_ssh(config, query, entries).settings


def _entries(
    names: Mapping[str, Iterable[str]], options: tuple[str, ...], config: Config
) -> list[Entry] | None:
    """The lines that may decide, in the order of reading."""
    by_block, index = _deciding_lines(options, config)
    blocks = index.find(names)
    if len(blocks) > MOST_BLOCKS:
        return None
    found = {entry.index: entry for block in (None, *blocks) for entry in by_block.get(block, ())}
    return [entry for _, entry in sorted(found.items())]


@cached_answer
def _deciding_lines(
    options: tuple[str, ...], config: Config
) -> tuple[dict[Block | None, list[Entry]], BlockIndex]:
    """The lines that may decide ``options``, by their block; under None those in effect for everyone."""
    by_block: dict[Block | None, list[Entry]] = {None: []}
    for option in _with_related(options, config):
        by_block[None] += [line.entry for line in lines_for_everyone(option, config)]
        for line in order(option, config):
            if line.conditions and line.option == option:
                by_block.setdefault(line.entry.block, []).append(line.entry)
    return by_block, BlockIndex([block for block in by_block if block is not None], config.kind)


def _with_related(options: Iterable[str], config: Config) -> list[str]:
    """``options``, and those that change which of their lines win."""
    found = dict.fromkeys(_with_raised(options, config))
    for option in options:
        other = precedence(option, config.kind).switched_off_in(config.target.release)
        if other:
            found[other.option] = None
    if config.kind == "ssh_config":
        found.update(dict.fromkeys(_CHANGE_MATCHING))
    return [option for option in found if config.lines(option)]


def _with_raised(options: Iterable[str], config: Config) -> list[str]:
    """``options``, and those that their defaults depend on."""
    raised = (precedence(option, config.kind).raised_for(config.target) for option in options)
    return [*options, *(each.option for each in raised if each)]
